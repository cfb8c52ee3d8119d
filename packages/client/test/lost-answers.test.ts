import { expect, test } from 'vitest'
import { createTollkeeper, TollkeeperError, TollkeeperUnreachable } from '../src/index.ts'
import { allowed, overloaded } from './support/samples.ts'
import { answers, hangs, losesTheAnswer, refuses, startScriptedServer } from './support/scripted-server.ts'

test('after a lost answer the very same request is sent again, so that it is charged once', async () => {
  await using server = await startScriptedServer(losesTheAnswer, losesTheAnswer, answers(allowed))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  expect(await tollkeeper.authorize({ feature: 'characters', amount: 800 })).toEqual(allowed)
  const bodies = server.received.map(({ body }) => body)
  expect(bodies).toHaveLength(3)
  expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]])
  expect(bodies[0]?.requestId).toBeTypeOf('string')
})

test('events whose answer was lost are sent again under the same ids', async () => {
  await using server = await startScriptedServer(losesTheAnswer, answers({ counted: 0, duplicates: 1, rejected: 0, events: [] }))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  expect(await tollkeeper.track({ feature: 'api_calls' })).toMatchObject({ duplicates: 1 })
  expect(server.received[1]?.body).toEqual(server.received[0]?.body)
})

test('a connection that hangs leaves time for another attempt', async () => {
  await using server = await startScriptedServer(hangs, answers(allowed))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one', timeoutMs: 2000 })
  expect(await tollkeeper.authorize({ feature: 'characters' })).toEqual(allowed)
})

test('a server that never answers is given up in time, with the id to ask again under', async () => {
  await using server = await startScriptedServer(hangs)
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one', timeoutMs: 600 })
  const startedAt = performance.now()
  const error = await tollkeeper.authorize({ feature: 'characters', requestId: 'p1-a1' }).catch((thrown) => thrown)
  expect(performance.now() - startedAt).toBeLessThan(15_000)
  expect(error).toBeInstanceOf(TollkeeperUnreachable)
  expect(error).toMatchObject({ requestId: 'p1-a1', message: expect.stringContaining('with the same requestId') })
  expect(error.attempts).toBe(server.received.length)
  expect(error.message).not.toContain('tk_one')
})

test('a server that is down is named, with the reason', async () => {
  const server = await startScriptedServer(answers(allowed))
  await server[Symbol.asyncDispose]()
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one', timeoutMs: 300 })
  const error = await tollkeeper.usage().catch((thrown) => thrown)
  expect(error).toBeInstanceOf(TollkeeperUnreachable)
  expect(error.message).toContain(server.url)
  expect(error.message).toContain('ECONNREFUSED')
  expect(error.requestId).toBeNull()
})

test('an overloaded server is asked again, not before the time it named', async () => {
  await using server = await startScriptedServer(refuses(overloaded, { 'retry-after': '1' }), answers(allowed))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  const startedAt = performance.now()
  expect(await tollkeeper.authorize({ feature: 'characters' })).toEqual(allowed)
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990)
  expect(server.received[1]?.body).toEqual(server.received[0]?.body)
})

test('a wait longer than the time that is left is not begun: the refusal is told at once', async () => {
  await using server = await startScriptedServer(
    refuses({ ...overloaded, status: 429, code: 'rate.limited' }, { 'retry-after': '60' }),
  )
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  const startedAt = performance.now()
  const error = await tollkeeper.authorize({ feature: 'characters' }).catch((thrown) => thrown)
  expect(performance.now() - startedAt).toBeLessThan(30_000)
  expect(error).toBeInstanceOf(TollkeeperError)
  expect(error).toMatchObject({ code: 'rate.limited', retryAfterSeconds: 60 })
  expect(server.received).toHaveLength(1)
})

test('the caller can end a call while it waits for its answer, and while it waits to ask again', async () => {
  await using server = await startScriptedServer(hangs, refuses(overloaded, { 'retry-after': '5' }))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  for (const _ of ['answer', 'wait']) {
    const reason = new Error('the person went away')
    const controller = new AbortController()
    const call = tollkeeper.authorize({ feature: 'characters' }, { signal: controller.signal })
    setTimeout(() => controller.abort(reason), 100)
    await expect(call).rejects.toBe(reason)
  }
  expect(server.received).toHaveLength(2)
  await expect(tollkeeper.usage({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  expect(server.received, 'a call that was ended before it began sends nothing').toHaveLength(2)
})
