import { operatorPermissions } from '@tollkeeper/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restProcedures } from './rest/rest-procedures.ts'
import { type Call, startTestApp, type TestApp, type TestPerson } from './testing/index.ts'
import { halfSignedIn } from './testing/principals.ts'
import { sampleInput } from './testing/sample-input.ts'
import { checksumOfTenant } from './testing/tenant-rows.ts'

let app: TestApp
let owner: TestPerson
let operator: TestPerson
let key: Call
let pending: Call
let ids: Record<string, string>

beforeAll(async () => {
  app = await startTestApp()
  owner = await app.person()
  operator = await app.operator()
  const issued = await app.key(owner)
  key = issued.call
  pending = await halfSignedIn(app, await app.person())
  ids = { ten: owner.tenantId, usr: owner.userId, key: issued.id }
})
afterAll(() => app[Symbol.asyncDispose]())

/** Sends something wrong, and shows that the tenant has not a row more or less afterwards. */
async function refusedWithoutATrace(send: () => ReturnType<Call>, status: number, code: string) {
  const before = await checksumOfTenant(app.services.pool, owner.tenantId)
  const answer = await send()
  expect(answer.body).toMatchObject({ status, code, requestId: expect.stringMatching(/^req_/), detail: expect.any(String) })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(await checksumOfTenant(app.services.pool, owner.tenantId)).toBe(before)
  return answer.body as { faults?: { path: string; message: string }[] }
}

const refuses = async (...attempt: Parameters<typeof refusedWithoutATrace>): Promise<void> => {
  await refusedWithoutATrace(...attempt)
}

describe('an amount that is not a whole number of units is refused at its path, and nothing is charged', () => {
  const amounts = ['9007199254740993', '9007199254740992', '-1', '0', '1.5', '1e400', '"5"', 'null', 'true', '[]', '{}', '-0']
  test.each(amounts)('%s', async (amount) => {
    const body = `{"feature":"characters","amount":${amount}}`
    const problem = await refusedWithoutATrace(() => key('POST', '/authorize', body), 400, 'input.invalid')
    expect(new Set(problem.faults?.map(({ path }) => path))).toEqual(new Set(['amount']))
  })
  test('NaN is not JSON', () =>
    refuses(() => key('POST', '/authorize', '{"feature":"characters","amount":NaN}'), 400, 'input.malformed_json'))
})

test('a feature that is not in the catalog is refused at its path', async () => {
  const problem = await refusedWithoutATrace(
    () => key('POST', '/authorize', { feature: 'no_such_feature' }),
    400,
    'catalog.feature_unknown',
  )
  expect(problem.faults?.map(({ path }) => path)).toEqual(['feature'])
})

test('a field nobody declared is refused by name', async () => {
  const body = { feature: 'characters', amount: 1, isAdmin: true }
  const problem = await refusedWithoutATrace(() => key('POST', '/authorize', body), 400, 'input.invalid')
  expect(problem.faults).toEqual([{ path: 'isAdmin', message: 'is not a field of this request' }])
})

test('a batch of 1,001 events is refused whole', () => {
  const events = Array.from({ length: 1001 }, (_value, index) => ({ id: `e${index}`, feature: 'characters', amount: 1 }))
  return refuses(() => key('POST', '/usage', { events }), 400, 'input.invalid')
})

const callerFor = (permission: string): Call =>
  permission === 'second_factor_pending' ? pending : (permission in operatorPermissions ? operator : owner).call

const mutations = restProcedures().filter(({ meta, input }) => meta.rest.method === 'POST' && input !== null)
describe.each(mutations.map((procedure) => [`POST ${procedure.meta.rest.path}`, procedure] as const))(
  '%s',
  (_name, { meta, input }) => {
    const inPath = new Set([...meta.rest.path.matchAll(/\{(\w+)\}/g)].map(([, field]) => field!))
    const at = () => {
      const valid = sampleInput(input, ids) as Record<string, unknown>
      return meta.rest.path.replaceAll(/\{(\w+)\}/g, (_match, field: string) =>
        encodeURIComponent(String(valid[field] ?? owner.tenantId)),
      )
    }
    const send = (body: unknown, headers?: Record<string, string>) => callerFor(meta.permission)('POST', at(), body, headers)

    test('refuses a body over 1 MiB', () =>
      refuses(() => send(JSON.stringify({ x: 'x'.repeat(1_048_576) })), 413, 'input.too_large'))
    test('refuses JSON a hundred deep', () => {
      const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`
      return refuses(() => send(deep), 400, 'input.invalid')
    })
    test.each(['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}'])('refuses %s', async (body) => {
      await refusedWithoutATrace(() => send(body), 400, 'input.malformed_json')
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    })
    test.each(['', '{', '[1', 'nul', '\u0000', '{"a":1}}'])('refuses what is not JSON: %j', (body) =>
      refuses(() => send(body), 400, 'input.malformed_json'),
    )
    test.each(['[]', '"text"', '7', 'null', 'true'])('refuses JSON that is not an object: %s', (body) =>
      refuses(() => send(body), 400, 'input.invalid'),
    )
    test.each([
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'application/jsonx',
    ])('refuses the content type %s', (type) =>
      refuses(() => send('{}', { 'content-type': type }), 415, 'input.unsupported_media_type'),
    )
    test('refuses each field when it is of a wrong type, at its path, and never fails by it', async () => {
      const valid = sampleInput(input, ids) as Record<string, unknown>
      for (const field of Object.keys(valid).filter((name) => !inPath.has(name))) {
        for (const wrong of [{}, { $gt: 1 }, [{ a: 1 }], 12345.678, 'x'.repeat(20_000)]) {
          const { status, body } = await send({ ...valid, [field]: wrong })
          expect(status, `${field}: ${JSON.stringify(wrong).slice(0, 40)}`).toBeLessThan(500)
          if (status !== 400) continue
          const faults = (body as { faults?: { path: string }[] }).faults ?? []
          expect(
            faults.some((fault) => fault.path.split('.')[0] === field),
            `${field} in ${JSON.stringify(faults)}`,
          ).toBe(true)
        }
      }
    })
  },
)

test('the same faults over tRPC carry the same code and paths', async () => {
  const answer = await key('POST', '//trpc/quota.authorize', { feature: 'characters', amount: -1, other: 1 })
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({
    error: { data: { code: 'input.invalid', faults: expect.arrayContaining([expect.objectContaining({ path: 'amount' })]) } },
  })
})

test.each(['{"__proto__":{"isAdmin":true}}', '{"name":"x","__proto__":{"isAdmin":true}}'])('tRPC refuses %s too', async (body) => {
  const answer = await owner.call('POST', '//trpc/apiKey.issue', body)
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ error: { data: { code: 'input.malformed_json' } } })
})

test('more than ten calls in one tRPC request are refused', async () => {
  const names = Array.from({ length: 11 }, () => 'auth.me').join(',')
  const answer = await owner.call('GET', `//trpc/${names}?batch=1&input=${encodeURIComponent('{}')}`)
  expect(answer.status).toBe(400)
})

test('a path that is not there is a problem document, not a page', async () => {
  const answer = await app.call('GET', '/no/such/route')
  expect(answer.status).toBe(404)
  expect(answer.body).toMatchObject({ code: 'route.not_found' })
})

test.each(['Bearer tk_nothing', 'Bearer x.y.z', 'Basic abc', 'Bearer', 'tk_x'])(
  'the credential %s is refused, never taken for none',
  async (authorization) => {
    const answer = await app.call('GET', '/subscriptions/plans', undefined, { authorization })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  },
)
