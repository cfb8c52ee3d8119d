import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../testing/eventually.ts'
import { type Answer, callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { mailsTo } from '../auth/testing/visitor.ts'
import { mintSecret } from './secret.ts'

let app: TestApp
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  app = await startTestApp()
  ada = await app.person('Ada')
  eve = await app.person('Eve')
})

afterAll(() => app[Symbol.asyncDispose]())

const codeOf = ({ status, body }: Answer) => [status, (body as { code?: string }).code]
const authorize = (call: TestPerson['call']) => call('POST', '/authorize', { feature: 'api_calls' })

test('the secret is shown once: not in lists, not in the database, not in the audit trail', async () => {
  const { id, secret } = await app.key(ada)
  const shown = JSON.stringify([
    (await ada.call('GET', '/api-keys')).body,
    (await ada.call('GET', `/api-keys/${id}`)).body,
    (await ada.call('GET', '/audit')).body,
  ])
  expect(shown).toContain(id)
  expect(shown).not.toContain(secret)
  const { rows } = await app.services.pool.query('select to_jsonb(k)::text as row from api_key k where id = $1', [id])
  expect(rows[0].row).not.toContain(secret)
  expect(rows[0].row).not.toContain(secret.slice(3, 20))
  expect(shown).toContain('api_key.issued')
})

test('those who may issue keys are told of a new one, unless they have turned that off, and the mail does not hold the secret', async () => {
  const [bea, told] = [await app.person('Bea'), 'A new API key was issued']
  const { secret } = await app.key(bea, { name: 'nightly build' })
  await bea.call('PUT', '/users/me/preferences', { notifications: { keyIssued: false } })
  await app.key(bea, { name: 'unheard of' })
  const mails = (await mailsTo(app, bea.email)).filter(({ subject }) => subject === told)
  expect(mails).toHaveLength(1)
  expect(mails[0]!.text).toMatch(/Key: nightly build\nBegins with: tk_\w+\nIssued by: Bea\n/)
  expect(mails[0]!.text + mails[0]!.html).not.toContain(secret)
})

test('a key of others looks exactly like no key, for reading and for revoking', async () => {
  const { id } = await app.key(ada)
  const missing = 'key_00000000000000000000000000'
  for (const [method, path] of [
    ['GET', '/api-keys'],
    ['DELETE', '/api-keys'],
  ] as const) {
    const [foreign, none] = [await eve.call(method, `${path}/${id}`), await eve.call(method, `${path}/${missing}`)]
    expect(codeOf(foreign)).toEqual([404, 'api_key.not_found'])
    expect({ ...(foreign.body as object), requestId: '' }).toEqual({ ...(none.body as object), requestId: '' })
  }
  expect((await eve.call('GET', '/api-keys')).body).toMatchObject({ rows: [] })
  expect((await authorize(ada.call)).status).toBe(200)
})

test('a revoked key is refused at once here, and soon on another node that has it in memory', async () => {
  await using node = await app.secondNode()
  const { id, secret, call } = await app.key(ada)
  const there = callerOf(node.url, { authorization: `Bearer ${secret}` })
  expect((await authorize(call)).status).toBe(200)
  expect((await authorize(there)).status).toBe(200)
  expect((await ada.call('DELETE', `/api-keys/${id}`)).body).toMatchObject({ status: 'revoked' })
  expect(codeOf(await authorize(call))).toEqual([401, 'api_key.revoked'])
  await eventually(
    () => authorize(there),
    ({ status }) => status !== 200,
  )
  expect(codeOf(await authorize(there))).toEqual([401, 'api_key.revoked'])
  // revoking again ends the same
  expect((await ada.call('DELETE', `/api-keys/${id}`)).status).toBe(200)
})

test('when the change feed cannot be read, what is in memory is not trusted', async () => {
  await using node = await app.secondNode()
  const { id, secret } = await app.key(ada)
  const there = callerOf(node.url, { authorization: `Bearer ${secret}` })
  expect((await authorize(there)).status).toBe(200)
  await node.services.changes.close()
  await ada.call('DELETE', `/api-keys/${id}`)
  await sleep(600)
  expect(codeOf(await authorize(there))).toEqual([401, 'api_key.revoked'])
})

test('a key that has an end is refused from then on, and one cannot be issued that has ended', async () => {
  const { call } = await app.key(ada, { expiresAt: new Date(Date.now() + 400).toISOString() })
  expect((await authorize(call)).status).toBe(200)
  await sleep(450)
  expect(codeOf(await authorize(call))).toEqual([401, 'api_key.expired'])
  const past = await ada.call('POST', '/api-keys', { name: 'late', expiresAt: '2020-01-01T00:00:00Z' })
  expect(past).toMatchObject({ status: 400, body: { code: 'input.invalid', faults: [{ path: 'expiresAt' }] } })
})

test('a key may do what its scopes say and nothing else; no key manages keys', async () => {
  const { call } = await app.key(ada, { scopes: ['usage:read'] })
  expect((await call('GET', '/usage/current')).status).toBe(200)
  expect(codeOf(await authorize(call))).toEqual([403, 'api_key.scope_missing'])
  expect(codeOf(await call('POST', '/usage', { events: [{ id: 'a', feature: 'api_calls' }] }))).toEqual([
    403,
    'api_key.scope_missing',
  ])
  expect(codeOf(await call('POST', '/api-keys', { name: 'child' }))).toEqual([403, 'api_key.scope_missing'])
  expect(codeOf(await ada.call('POST', '/api-keys', { name: 'x', scopes: ['api_key:write'] }))).toEqual([400, 'input.invalid'])
})

test('a false key is refused: a typing error, and one that was never issued', async () => {
  const { secret } = await app.key(ada)
  for (const wrong of [`${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`, mintSecret().secret, 'tk_']) {
    const call = callerOf(app.url, { authorization: `Bearer ${wrong}` })
    expect(codeOf(await authorize(call))).toEqual([401, 'api_key.invalid'])
    expect(codeOf(await authorize(call))).toEqual([401, 'api_key.invalid'])
  }
})

test('the list goes from the newest, page by page, each key once', async () => {
  const bob = await app.person('Bob')
  const ids: string[] = []
  for (let made = 0; made < 5; made++) ids.unshift((await app.key(bob)).id)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body } = await bob.call('GET', `/api-keys?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    const page = body as { rows: { id: string }[]; nextCursor: string | null }
    seen.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor)
  expect(seen).toEqual(ids)
})

test('the last use of a key is written down, exact to a minute, and not at every use', async () => {
  const { id, call } = await app.key(ada)
  expect((await ada.call('GET', `/api-keys/${id}`)).body).toMatchObject({ lastUsedAt: null })
  for (let use = 0; use < 3; use++) await authorize(call)
  const read = async () => ((await ada.call('GET', `/api-keys/${id}`)).body as { lastUsedAt: string | null }).lastUsedAt
  await expect.poll(read, { timeout: 2_000 }).not.toBeNull()
  expect(Math.abs(Date.parse((await read())!) - Date.now())).toBeLessThan(60_000)
})
