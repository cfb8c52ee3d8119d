import { expect, test } from 'vitest'
import { createTollkeeper, type FailurePolicy, memoryQueue } from '../src/index.ts'
import { allowed, denied } from './support/samples.ts'
import { answers, startScriptedServer } from './support/scripted-server.ts'

test('a decision is asked for over REST with the key, and comes back as it was made', async () => {
  await using server = await startScriptedServer(answers(allowed), answers(denied))
  const tollkeeper = createTollkeeper({ url: `${server.url}/`, apiKey: 'tk_one\n' })
  expect(await tollkeeper.authorize({ feature: 'characters', amount: 800, requestId: 'p1-a1' })).toEqual(allowed)
  expect(server.received[0]).toMatchObject({
    method: 'POST',
    path: '/api/v1/authorize',
    body: { feature: 'characters', amount: 800, requestId: 'p1-a1' },
    headers: { authorization: 'Bearer tk_one', 'content-type': 'application/json' },
  })
  expect(await tollkeeper.authorize({ feature: 'characters', amount: 800 }), 'a denial is an answer, not an error').toEqual(denied)
})

test('every decision is asked for under an id of its own', async () => {
  await using server = await startScriptedServer(answers(allowed))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  await tollkeeper.authorize({ feature: 'characters' })
  await tollkeeper.authorize({ feature: 'characters' })
  const ids = server.received.map(({ body }) => body.requestId)
  expect(new Set(ids).size).toBe(2)
  expect(ids[0]).toMatch(/^[\x21-\x7e]{16,128}$/)
})

test('check and explain send the question alone, and usage sends nothing', async () => {
  await using server = await startScriptedServer(answers(allowed))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  await tollkeeper.check({ feature: 'characters', amount: 3 })
  await tollkeeper.explain({ feature: 'characters' })
  await tollkeeper.usage()
  expect(server.received.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/api/v1/check', { feature: 'characters', amount: 3 }],
    ['POST', '/api/v1/explain', { feature: 'characters' }],
    ['GET', '/api/v1/usage/current', {}],
  ])
})

test('units are reserved under an id of their own, then committed or released by the reservation', async () => {
  await using server = await startScriptedServer(answers({ ...allowed, reservationId: 'rsv_1', expiresAt: '2026-12-01T00:00:00Z' }))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  const held = await tollkeeper.reserve({ feature: 'characters', amount: 800, expiresIn: 60 })
  expect(held.reservationId).toBe('rsv_1')
  await tollkeeper.commit('rsv_1', 300)
  await tollkeeper.release('rsv_1/../x')
  const requestId = expect.stringMatching(/^[\x21-\x7e]{16,128}$/)
  expect(server.received.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/api/v1/reservations', { feature: 'characters', amount: 800, expiresIn: 60, requestId }],
    ['POST', '/api/v1/reservations/rsv_1/commit', { amount: 300 }],
    ['POST', '/api/v1/reservations/rsv_1%2F..%2Fx/release', {}],
  ])
})

test('usage is reported one by one or together, each event under an id', async () => {
  await using server = await startScriptedServer(answers({ counted: 1, duplicates: 0, rejected: 0, events: [] }))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  await tollkeeper.track({ feature: 'api_calls' })
  await tollkeeper.track([
    { id: 'job-7', feature: 'characters', amount: 12, properties: { lang: 'eo' } },
    { feature: 'characters' },
  ])
  expect(server.received[0]?.body).toEqual({ events: [{ id: expect.stringMatching(/.{16,}/), feature: 'api_calls' }] })
  expect(server.received[1]?.body).toEqual({
    events: [
      { id: 'job-7', feature: 'characters', amount: 12, properties: { lang: 'eo' } },
      { id: expect.stringMatching(/.{16,}/), feature: 'characters' },
    ],
  })
})

test('calls that follow one another share connections', async () => {
  await using server = await startScriptedServer(answers(allowed))
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one' })
  for (let call = 0; call < 20; call++) await tollkeeper.authorize({ feature: 'characters' })
  // a connection is free a moment after its answer was read, so the call right behind it may open a second one
  expect(new Set(server.received.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2)
})

test.each([
  [{ url: 'localhost:4000', apiKey: 'tk_one' }, /not an http or https address/],
  [{ url: '', apiKey: 'tk_one' }, /not an http or https address/],
  [{ url: 'http://localhost:4000', apiKey: undefined }, /Issue one at http:\/\/localhost:4000\/keys/],
  [{ url: 'http://localhost:4000', apiKey: ' ' }, /There is no apiKey/],
  [{ url: 'http://localhost:4000', apiKey: 'tk_one tk_two' }, /characters that no key has/],
  [{ url: 'http://localhost:4000', apiKey: 'tk_one', timeoutMs: 0 }, /timeoutMs 0/],
  [withPolicy({ kind: 'open', cap: 0, perSeconds: 60 }), /The cap of the failure policy of characters/],
  [withPolicy({ kind: 'open', cap: 1, perSeconds: 0.5 }), /The perSeconds of/],
  [withPolicy({ kind: 'ajar' } as never), /none of closed, open and lease/],
])('an option that cannot be right is named at once: %j', (options, message) => {
  expect(() => createTollkeeper(options)).toThrow(message)
})

function withPolicy(policy: FailurePolicy) {
  return { url: 'http://localhost:4000', apiKey: 'tk_one', offline: { queue: memoryQueue(), policies: { characters: policy } } }
}
