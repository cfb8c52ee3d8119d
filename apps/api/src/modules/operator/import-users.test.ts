import { randomBytes } from 'node:crypto'
import type { ImportReport } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { foreignHashes } from '../auth/testing/foreign-hashes.ts'
import { mailsTo } from '../auth/testing/visitor.ts'

let app: TestApp
let owner: TestPerson

beforeAll(async () => {
  app = await startTestApp()
  owner = await app.operator()
})
afterAll(() => app[Symbol.asyncDispose]())

const newEmail = () => `imported-${randomBytes(6).toString('hex')}@example.test`
const importRows = async (users: object[], headers = {}) =>
  (await owner.call('POST', '/users/import', { users }, headers)).body as ImportReport
const login = (email: string, password: string) => app.call('POST', '/auth/login', { email, password })
const hashOf = async (email: string) => {
  const { rows } = await app.services.pool.query<{ password: string }>(
    `select a.password from account a join "user" u on u.id = a.user_id where u.email = $1`,
    [email],
  )
  return rows[0]!.password
}

test.each(foreignHashes)(
  'who comes with %s signs in with their password, and has a hash of ours after that',
  async (_scheme, hash, password) => {
    const email = newEmail()
    expect(await importRows([{ email: email.toUpperCase(), name: 'Ada', verified: true, hash }])).toMatchObject({ created: 1 })
    expect((await login(email, `${password}!`)).body).toMatchObject({ code: 'auth.invalid_credentials' })
    expect(await hashOf(email)).toBe(hash)
    const first = await login(email, password)
    expect(first.body).toMatchObject({ user: { email, operatorRole: null }, tenants: [{ role: 'owner' }] })
    expect(await hashOf(email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await login(email, password)).status).toBe(200)
  },
)

test('a dry run tells the fate each row would have, and brings nobody in', async () => {
  const [, hash] = foreignHashes[0]!
  const users = [
    { email: newEmail(), name: 'Ada', verified: true, hash },
    { email: owner.email, name: 'There', verified: true, hash },
    { email: 'nobody', name: 'Ada', verified: true, hash },
  ]
  const { body } = await owner.call('POST', '/users/import', { users, dryRun: true })
  expect(body).toMatchObject({
    created: 1,
    existing: 1,
    refused: 1,
    rows: [{ fate: 'created', userId: null }, {}, { code: 'email_invalid' }],
  })
  expect(await importRows(users)).toMatchObject({ created: 1, existing: 1, refused: 1 })
})

test('each row has its own fate, with the path and the code of what is wrong', async () => {
  const [, hash] = foreignHashes[0]!
  const [good, person] = [newEmail(), await app.person()]
  const row = { email: good, name: 'Ada', verified: true, hash }
  const report = await importRows([
    row,
    { ...row, email: 'nobody' },
    { ...row, email: newEmail(), name: '  ' },
    { ...row, email: newEmail(), hash: '5f4dcc3b5aa765d61d8327deb882cf99' },
    { ...row, email: newEmail(), hash: `$2b$31$${'a'.repeat(53)}` },
    { ...row, email: good.toUpperCase() },
    { ...row, email: person.email },
  ])
  expect(report).toMatchObject({ created: 1, existing: 1, refused: 5 })
  expect(report.rows.map(({ path, fate, code }) => [path, fate, code])).toEqual([
    ['users.0', 'created', null],
    ['users.1.email', 'refused', 'email_invalid'],
    ['users.2.name', 'refused', 'name_invalid'],
    ['users.3.hash', 'refused', 'hash_unknown'],
    ['users.4.hash', 'refused', 'hash_too_costly'],
    ['users.5.email', 'refused', 'email_repeated'],
    ['users.6', 'exists', null],
  ])
  expect((await login(person.email, person.password)).status).toBe(200)
})

test('the same thousand people sent twice, and twice at once, come in once', async () => {
  const [, hash] = foreignHashes[0]!
  const users = Array.from({ length: 1000 }, (_, index) => ({ email: newEmail(), name: `Person ${index}`, verified: true, hash }))
  const reports = await Promise.all([importRows(users), importRows(users.toReversed())])
  expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(1000)
  expect(await importRows(users)).toMatchObject({ created: 0, existing: 1000, refused: 0 })
  expect((await owner.call('POST', '/users/import', { users: [...users, users[0]] })).body).toMatchObject({ code: 'input.invalid' })
})

test('an address nobody has proved does not let anybody in, and gets the mail that proves it', async () => {
  const [, hash, password] = foreignHashes[0]!
  const email = newEmail()
  await importRows([{ email, name: 'Ada', verified: false, hash }])
  expect((await login(email, 'not the password')).body).toMatchObject({ code: 'auth.invalid_credentials' })
  expect(await mailsTo(app, email)).toHaveLength(0)
  expect((await login(email, password)).body).toMatchObject({ code: 'auth.email_unverified' })
  expect(await mailsTo(app, email)).toHaveLength(1)
})
