import type { Decision } from '@tollkeeper/shared'
import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCuttingProxy } from '../modules/quota/testing/cutting-proxy.ts'
import type { AppRouter } from '../router.ts'
import { eventually } from '../testing/eventually.ts'
import { type Answer, type Call, callerOf, startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'

let app: TestApp
let ada: TestPerson
let key: { id: string; secret: string; call: Call }

beforeAll(async () => {
  app = await startTestApp()
  ada = await app.person('Ada')
  key = await app.key(ada)
})

afterAll(() => app[Symbol.asyncDispose]())

const problemOf = ({ status, body }: Answer) => {
  const { code, faults } = body as { code: string; faults?: { path: string }[] }
  return [status, code, ...new Set((faults ?? []).map(({ path }) => path))]
}

async function used(person: TestPerson): Promise<number> {
  const { body } = await person.call('GET', '/usage/current')
  return (body as { features: { feature: string; used: number }[] }).features.find(({ feature }) => feature === 'characters')!.used
}

test('allowed, counted, denied with a reason and remedies: a refusal is an answer, not an error', async () => {
  const bob = await app.person('Bob')
  const { call } = await app.key(bob)
  expect(await call('POST', '/authorize', { feature: 'characters', amount: 900 })).toMatchObject({
    status: 200,
    body: { allowed: true, code: 'allowed', step: null, remaining: 100, limit: 1_000, remedies: [] },
  })
  const denied = await call('POST', '/authorize', { feature: 'characters', amount: 200 })
  expect(denied).toMatchObject({
    status: 200,
    body: {
      allowed: false,
      code: 'quota.limit_reached',
      step: 'quota',
      remaining: 100,
      remedies: [{ kind: 'upgrade', plan: 'starter' }, { kind: 'wait' }, { kind: 'use_less', amount: 100 }],
    },
  })
  expect(denied.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(await used(bob)).toBe(900)
})

test.each<[string, unknown, (string | number)[]]>([
  ['no body', undefined, [400, 'input.invalid', '']],
  ['an array', [], [400, 'input.invalid', '']],
  ['an unknown field', { feature: 'characters', units: 1 }, [400, 'input.invalid', 'units']],
  ['a wrong type', { feature: 'characters', amount: '1' }, [400, 'input.invalid', 'amount']],
  ['no feature', { amount: 1 }, [400, 'input.invalid', 'feature']],
  ['zero', { feature: 'characters', amount: 0 }, [400, 'input.invalid', 'amount']],
  ['a negative amount', { feature: 'characters', amount: -1 }, [400, 'input.invalid', 'amount']],
  ['a fraction', { feature: 'characters', amount: 1.5 }, [400, 'input.invalid', 'amount']],
  ['2^53 + 1', '{"feature":"characters","amount":9007199254740993}', [400, 'input.invalid', 'amount']],
  ['1e400', '{"feature":"characters","amount":1e400}', [400, 'input.invalid', 'amount']],
  ['NaN', '{"feature":"characters","amount":NaN}', [400, 'input.malformed_json']],
  ['broken JSON', '{"feature":', [400, 'input.malformed_json']],
  ['__proto__', '{"feature":"characters","__proto__":{"amount":1}}', [400, 'input.malformed_json']],
  ['constructor.prototype', '{"feature":"characters","constructor":{"prototype":{}}}', [400, 'input.malformed_json']],
  ['a hundred levels', `{"feature":${'['.repeat(100)}${']'.repeat(100)}}`, [400, 'input.invalid', 'feature']],
  ['1 MiB and a byte', `{"feature":"${'x'.repeat(1_048_576)}"}`, [413, 'input.too_large']],
  ['an unknown feature', { feature: 'nothing' }, [400, 'catalog.feature_unknown', 'feature']],
  ['a request id with a space', { feature: 'characters', requestId: 'a b' }, [400, 'input.invalid', 'requestId']],
  ['a request id of 129 characters', { feature: 'characters', requestId: 'x'.repeat(129) }, [400, 'input.invalid', 'requestId']],
])('%s is answered with a code, and nothing is charged', async (_, body, expected) => {
  const before = await used(ada)
  const answer = await key.call('POST', '/authorize', body)
  expect(problemOf(answer)).toEqual(expected)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect((answer.body as { requestId: string }).requestId).toMatch(/^req_/)
  expect(await used(ada)).toBe(before)
})

test('a body that is not declared as JSON is not read', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await key.call('POST', '/authorize', '{"feature":"characters"}', { 'content-type': type })
    expect(problemOf(answer)).toEqual([415, 'input.unsupported_media_type'])
  }
})

test('without a credential, with a false one, or for a tenant of others nothing is answered', async () => {
  const eve = await app.person('Eve')
  const body = { feature: 'characters' }
  expect(problemOf(await app.call('POST', '/authorize', body))).toEqual([401, 'auth.unauthenticated'])
  expect(problemOf(await app.call('POST', '/authorize', body, { authorization: 'Bearer nonsense' }))).toEqual([
    401,
    'auth.token_invalid',
  ])
  const foreign = await key.call('POST', '/authorize', body, { 'x-tenant-id': eve.tenantId })
  const missing = await key.call('POST', '/authorize', body, { 'x-tenant-id': 'ten_00000000000000000000000000' })
  expect(problemOf(foreign)).toEqual([404, 'tenant.not_found'])
  expect(problemOf(foreign)).toEqual(problemOf(missing))
  expect(problemOf(await ada.call('POST', '/authorize', body, { 'x-tenant-id': eve.tenantId }))).toEqual([404, 'tenant.not_found'])
  expect(await used(eve)).toBe(0)
})

test('an access token works as a key does', async () => {
  expect((await ada.call('POST', '/authorize', { feature: 'api_calls' })).body).toMatchObject({ allowed: true, limit: 10_000 })
  expect((await ada.call('POST', '/check', { feature: 'api_calls' }, { 'x-tenant-id': ada.tenantId })).body).toMatchObject({
    allowed: true,
  })
})

test('check and explain say what authorize would, and consume nothing', async () => {
  const cai = await app.person('Cai')
  const { call } = await app.key(cai)
  await call('POST', '/authorize', { feature: 'characters', amount: 400 })
  for (const amount of [600, 601]) {
    const checked = (await call('POST', '/check', { feature: 'characters', amount })).body as Decision
    const explained = (await call('POST', '/explain', { feature: 'characters', amount })).body as {
      decision: Decision
      smallestChange: unknown
    }
    expect({ ...explained.decision, decisionId: '' }).toEqual({ ...checked, decisionId: '' })
    expect(explained.smallestChange).toEqual(checked.remedies[0] ?? null)
    expect(await used(cai)).toBe(amount === 600 ? 400 : 1_000)
    const { decisionId: _, ...real } = (await call('POST', '/authorize', { feature: 'characters', amount })).body as Decision
    expect(checked).toMatchObject(real)
    if (amount === 600) expect(real.remaining).toBe(0)
  }
})

test('the same request id is answered the same on any node, and another body under it is a conflict that names the first answer', async () => {
  await using node = await app.secondNode()
  const there = callerOf(node.url, { authorization: `Bearer ${key.secret}` })
  const body = { feature: 'api_calls', amount: 3, requestId: 'order-1' }
  const first = await key.call('POST', '/authorize', body)
  expect((await there('POST', '/authorize', body)).body).toEqual(first.body)
  const conflict = await there('POST', '/authorize', { ...body, amount: 4 })
  expect(conflict).toMatchObject({
    status: 409,
    body: { code: 'quota.request_conflict', decisionId: (first.body as Decision).decisionId },
  })
  const other = await there('POST', '/authorize', { ...body, feature: 'characters' })
  expect(other).toMatchObject({ status: 409, body: { decisionId: (first.body as Decision).decisionId } })
})

test('an answer that consumed nothing is repeated under its id as well', async () => {
  const dan = await app.person('Dan')
  const { call } = await app.key(dan)
  const suspend = (status: string) =>
    app.services.pool.query(
      `with t as (update tenant set status = $2 where id = $1) insert into change (kind, subject) values ('tenant', $1)`,
      [dan.tenantId, status],
    )
  await suspend('suspended')
  await app.services.changes.catchUp()
  const body = { feature: 'characters', amount: 5, requestId: 'while-suspended' }
  const refused = await call('POST', '/authorize', body)
  expect(refused.body).toMatchObject({
    allowed: false,
    code: 'tenant.suspended',
    step: 'status',
    remedies: [{ kind: 'contact_operator' }],
  })
  await suspend('active')
  await app.services.changes.catchUp()
  expect((await call('POST', '/authorize', body)).body).toEqual(refused.body)
  expect((await call('POST', '/authorize', { ...body, requestId: 'after' })).body).toMatchObject({ allowed: true })
  const tasks = { feature: 'concurrent_tasks', amount: 1, requestId: 'gauge' }
  const gauge = await call('POST', '/authorize', tasks)
  expect(gauge.body).toMatchObject({ allowed: true, limit: 1 })
  expect((await call('POST', '/authorize', tasks)).body).toEqual(gauge.body)
})

function clientOf(credential: string, link: typeof httpLink | typeof httpBatchLink) {
  const headers = { authorization: `Bearer ${credential}` }
  return createTRPCClient<AppRouter>({ links: [link({ url: `${app.url}/trpc`, headers })] })
}

test.each([
  ['one call a request', httpLink],
  ['a batch of one', httpBatchLink],
] as const)('the ordinary tRPC client is answered: %s', async (_, link) => {
  const client = clientOf(key.secret, link)
  expect(await client.quota.authorize.mutate({ feature: 'api_calls', amount: 2 })).toMatchObject({ allowed: true, amount: 2 })
  const failure = await client.quota.authorize.mutate({ feature: 'api_calls', amount: -2 }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(TRPCClientError)
  expect((failure as TRPCClientError<AppRouter>).data).toMatchObject({
    code: 'input.invalid',
    httpStatus: 400,
    faults: [{ path: 'amount' }],
  })
  const stranger = await clientOf('tk_nobody', link)
    .quota.authorize.mutate({ feature: 'api_calls' })
    .catch((error: unknown) => error)
  expect((stranger as TRPCClientError<AppRouter>).data).toMatchObject({ code: 'api_key.invalid', httpStatus: 401 })
})

test('a failure has the same shape on the lean route as in the adapter', async () => {
  const shapeOf = async (path: string, input: object) => {
    const { status, body } = await key.call('POST', `//trpc/${path}`, input)
    const { error } = body as { error: { message: string; code: number; data: Record<string, unknown> } }
    return { status, code: error.code, message: error.message, data: { ...error.data, requestId: '', path: '' } }
  }
  const lean = await shapeOf('quota.authorize', { feature: 'nothing', extra: 1 })
  const adapter = await shapeOf('quota.track', { events: [], extra: 1 })
  expect(Object.keys(lean.data).sort()).toEqual(
    expect.arrayContaining(
      Object.keys(adapter.data)
        .sort()
        .filter((name) => name !== 'stack'),
    ),
  )
  expect([lean.status, lean.code]).toEqual([adapter.status, adapter.code])
})

test('several calls in one batch go through the adapter and are charged once each', async () => {
  const client = clientOf(key.secret, httpBatchLink)
  const decisions = await Promise.all(
    [1, 2, 3].map((amount) => client.quota.authorize.mutate({ feature: 'api_calls', amount, requestId: `batch-${amount}` })),
  )
  expect(decisions.map(({ amount, allowed }) => [amount, allowed])).toEqual([
    [1, true],
    [2, true],
    [3, true],
  ])
})

test('with the database gone the answer is 503, never yes', async () => {
  await using wire = await openCuttingProxy(app.services.config.database.url!)
  await using node = await app.secondNode({ databaseUrl: wire.url })
  const there = callerOf(node.url, { authorization: `Bearer ${key.secret}` })
  expect((await there('POST', '/authorize', { feature: 'api_calls' })).status).toBe(200)
  wire.refuse()
  const answer = await there('POST', '/authorize', { feature: 'api_calls' })
  wire.admit()
  expect(problemOf(answer)).toEqual([503, 'service.unavailable'])
  expect(answer.headers.get('retry-after')).toBe('1')
  await eventually(
    () => there('POST', '/authorize', { feature: 'api_calls' }),
    ({ status }) => status === 200,
  )
})
