import { expect, test } from 'vitest'
import { createTollkeeper, TollkeeperError } from '../src/index.ts'
import { answers, type Deed, refuses, startScriptedServer } from './support/scripted-server.ts'

async function refusal(deed: Deed) {
  await using server = await startScriptedServer(deed)
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: 'tk_one', timeoutMs: 2_000 })
  const error = await tollkeeper.authorize({ feature: 'characters' }).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(TollkeeperError)
  return { error: error as TollkeeperError, requests: server.received.length }
}

test('a problem becomes an error with its code, what to do next, and the id to quote; it is not asked again', async () => {
  const { error, requests } = await refusal(
    refuses({
      type: '/docs/errors#input.invalid',
      title: 'The request has faults; each is listed with its path.',
      status: 400,
      detail: 'Correct the fields listed under `faults` and send it again.',
      next: 'Correct the fields listed under `faults` and send it again.',
      code: 'input.invalid',
      requestId: 'req_7',
      faults: [{ path: 'amount', message: 'must be at least 1' }],
    }),
  )
  expect(error).toMatchObject({
    name: 'TollkeeperError',
    code: 'input.invalid',
    status: 400,
    title: 'The request has faults; each is listed with its path.',
    detail: 'Correct the fields listed under `faults` and send it again.',
    next: 'Correct the fields listed under `faults` and send it again.',
    requestId: 'req_7',
    faults: [{ path: 'amount', message: 'must be at least 1' }],
    retryAfterSeconds: null,
  })
  expect(error.message).toContain('amount must be at least 1')
  expect(error.message).toContain('(input.invalid, req_7)')
  expect(requests).toBe(1)
})

test('a conflict names the decision that was made before', async () => {
  const { error } = await refusal(refuses({ status: 409, code: 'quota.request_conflict', decisionId: 'dec_1' }))
  expect(error).toMatchObject({ status: 409, decisionId: 'dec_1' })
})

test('a failure of the server itself is told, not asked again', async () => {
  const { error, requests } = await refusal(refuses({ status: 500, code: 'service.internal' }))
  expect(error.code).toBe('service.internal')
  expect(requests).toBe(1)
})

const page: Deed = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')
const list: Deed = answers([])
const elsewhere: Deed = (response) => response.writeHead(302, { location: 'https://example.com/' }).end()
const proxy: Deed = (response) => response.writeHead(404, { 'content-type': 'text/plain' }).end('no such host')
test.each([
  ['a page', page, 200],
  ['a list', list, 200],
  ['a redirection', elsewhere, 302],
  ['the refusal of a proxy', proxy, 404],
])('%s is never taken for a decision', async (_, deed, status) => {
  const { error, requests } = await refusal(deed)
  expect(error).toMatchObject({ code: 'client.unreadable_answer', status, next: expect.stringContaining('`url`') })
  expect(requests).toBe(1)
})

test('a proxy that cannot reach the server is asked again, and then named', async () => {
  const { error, requests } = await refusal((response) => response.writeHead(502).end())
  expect(error).toMatchObject({ code: 'client.unreadable_answer', status: 502 })
  expect(requests).toBeGreaterThan(1)
})

test('the time to come back is read from a date as well as from seconds', async () => {
  const date = new Date(Date.now() + 90_000).toUTCString()
  const { error } = await refusal(refuses({ status: 429, code: 'rate.limited' }, { 'retry-after': date }))
  expect(error.retryAfterSeconds).toBeGreaterThan(85)
  expect(error.retryAfterSeconds).toBeLessThanOrEqual(90)
})

test('the time to come back is read from the problem where no header says it', async () => {
  const { error } = await refusal(refuses({ status: 429, code: 'rate.limited', retryAfterSeconds: 30 }))
  expect(error.retryAfterSeconds).toBe(30)
})
