import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testing/index.ts'
import { installFastPath } from './fast-path.ts'

let app: TestApp
let secret: string
/** Stands for the framework: says what it was given. */
const server = createServer((request, response) => void tell(request).then((given) => response.end(JSON.stringify(given))))

async function tell(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return { general: true, url: request.url, method: request.method, body: Buffer.concat(chunks).toString('base64') }
}

beforeAll(async () => {
  app = await startTestApp()
  const key = await app.key(await app.person('Ada'))
  secret = key.secret
  // from here on this node remembers the key, the plan and the catalog
  expect((await key.call('POST', '/authorize', { feature: 'api_calls' })).status).toBe(200)
  installFastPath({ server } as unknown as FastifyInstance, app.services)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(async () => {
  server.close()
  await app[Symbol.asyncDispose]()
})

interface Sent {
  url?: string
  method?: string
  body: string | Buffer
  headers?: Record<string, string>
  /** Where the bytes on the wire are cut into pieces. */
  cuts?: readonly number[]
}

/** The answer to a request whose bytes come in pieces, on a connection of its own. */
async function send({ url = '/api/v1/authorize', method = 'POST', body, headers = {}, cuts = [] }: Sent) {
  const bytes = Buffer.from(body)
  const usual = { host: 'tollkeeper.test', authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  const all = { ...usual, 'content-length': String(bytes.length), connection: 'close', ...headers }
  const lines = [`${method} ${url} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`), '', '']
  const whole = Buffer.concat([Buffer.from(lines.join('\r\n')), bytes])
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.setNoDelay(true)
  const answered = (async () => {
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  })()
  const edges = [0, ...new Set(cuts.map((cut) => cut % whole.length).sort((a, b) => a - b)), whole.length]
  for (const [index, from] of edges.slice(0, -1).entries()) {
    socket.write(whole.subarray(from, edges[index + 1]))
    await setImmediate()
  }
  const text = await answered
  return {
    status: Number(text.slice(9, 12)),
    body: JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4).replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, '')),
  }
}

const cuts = fc.array(fc.nat(1_000), { maxLength: 4 })

test('an authorize in good order is answered without the framework, in whatever pieces it comes', async () => {
  await fc.assert(
    fc.asyncProperty(
      cuts,
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('rest', 'trpc', 'batch'),
      async (pieces, amount, wire) => {
        const input = { feature: 'api_calls', amount }
        const { url, body } = {
          rest: { url: '/api/v1/authorize', body: input },
          trpc: { url: '/trpc/quota.authorize', body: input },
          batch: { url: '/trpc/quota.authorize?batch=1', body: { 0: input } },
        }[wire]!
        const answer = await send({ url, body: JSON.stringify(body), cuts: pieces })
        expect(answer.status).toBe(200)
        const decision = { rest: answer.body, trpc: answer.body.result?.data, batch: answer.body[0]?.result.data }[wire]
        expect(decision).toMatchObject({ allowed: true, feature: 'api_calls', amount })
      },
    ),
    { numRuns: 60 },
  )
})

const good = JSON.stringify({ feature: 'api_calls' })
const wrongBody = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.nat(good.length - 2).map((length) => good.slice(0, length + 1)),
  fc.constantFrom(
    '{"feature":"api_calls","__proto__":{"amount":1}}',
    '{"feature":"api_calls","amount":0}',
    `${good}${' '.repeat(20_000)}`,
  ),
)
const otherHeaders = fc.constantFrom<Record<string, string>>(
  { 'content-type': 'text/plain' },
  { authorization: 'Bearer tk_nobody' },
  { authorization: 'Basic YTpi' },
  { 'x-tenant-id': 'ten_other' },
  { 'x-api-key': 'tk_other' },
)
const elsewhere = fc.constantFrom(
  { url: '/api/v1/check' },
  { url: '/api/v1/authorize?x=1' },
  { url: '/api/v1/authorize/' },
  { method: 'PUT' },
)

test('whatever is not that comes to the framework as it was sent, to the last byte', async () => {
  const request = fc.oneof(
    wrongBody.map((body): Sent => ({ body })),
    otherHeaders.map((headers): Sent => ({ body: good, headers })),
    elsewhere.map((other): Sent => ({ body: good, ...other })),
  )
  await fc.assert(
    fc.asyncProperty(request, cuts, async (sent, pieces) => {
      const { status, body } = await send({ ...sent, cuts: pieces })
      const { url = '/api/v1/authorize', method = 'POST' } = sent
      expect({ status, body }).toEqual({
        status: 200,
        body: { general: true, url, method, body: Buffer.from(sent.body).toString('base64') },
      })
    }),
    { numRuns: 150 },
  )
})

test('a body in chunks, and none, comes to the framework', async () => {
  expect((await send({ body: '' })).body).toMatchObject({ general: true, body: '' })
  const inChunks: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: new Blob([good]).stream(),
    duplex: 'half',
  }
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/authorize`, inChunks)
  expect(await answer.json()).toMatchObject({ general: true, body: Buffer.from(good).toString('base64') })
})

test('what fails is told with its code on every wire, and nothing is charged', async () => {
  const input = { feature: 'nothing' }
  expect(await send({ body: JSON.stringify(input) })).toMatchObject({
    status: 400,
    body: { code: 'catalog.feature_unknown', requestId: expect.stringMatching(/^req_/) },
  })
  expect(await send({ url: '/trpc/quota.authorize?batch=1', body: JSON.stringify({ 0: input }) })).toMatchObject({
    status: 400,
    body: [{ error: { data: { code: 'catalog.feature_unknown', path: 'quota.authorize' } } }],
  })
})
