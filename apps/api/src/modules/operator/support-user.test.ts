import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { mailsTo } from '../auth/testing/visitor.ts'
import { operatorWith } from './testing/operator-with.ts'

let app: TestApp
let owner: TestPerson
let support: TestPerson

beforeAll(async () => {
  app = await startTestApp()
  owner = await app.operator()
  support = await operatorWith(app, 'support')
})
afterAll(() => app[Symbol.asyncDispose]())

interface Detail {
  emailVerified: boolean
  sessions: { id: string }[]
  logins: object[]
  tenants: object[]
}
const detailOf = async ({ userId }: TestPerson) => (await support.call('GET', `/users/${userId}`)).body as Detail

test('an operator sees how somebody comes in, and ends one session and no other', async () => {
  const ada = await app.person()
  await app.call('POST', '/auth/login', { email: ada.email, password: 'not the password' })
  await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })
  const before = await detailOf(ada)
  expect(before.logins).toMatchObject([
    { method: 'password', outcome: 'success' },
    { method: 'password', outcome: 'failure', reason: 'wrong_password' },
    { method: 'password', outcome: 'success' },
  ])
  expect(before.tenants).toMatchObject([{ id: ada.tenantId, role: 'owner', status: 'active' }])
  const [newer, older] = before.sessions
  expect((await support.call('DELETE', `/users/${ada.userId}/sessions/${older!.id}`)).status).toBe(200)
  expect((await ada.call('GET', '/users/me')).status).toBe(401)
  expect((await detailOf(ada)).sessions.map(({ id }) => id)).toEqual([newer!.id])
})

test("a session that is another person's is no session of this one", async () => {
  const [ada, ben] = [await app.person(), await app.person('Ben')]
  const [session] = (await detailOf(ben)).sessions
  const answer = await support.call('DELETE', `/users/${ada.userId}/sessions/${session!.id}`)
  expect(answer).toMatchObject({ status: 404, body: { code: 'session.not_found' } })
  expect((await ben.call('GET', '/users/me')).status).toBe(200)
})

test('an operator vouches for an address, and has the link mailed that sets a password', async () => {
  const ada = await app.person()
  await app.services.pool.query('update "user" set email_verified = false where id = $1', [ada.userId])
  expect((await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })).status).toBe(403)
  expect((await support.call('POST', `/users/${ada.userId}/verify-email`)).status).toBe(200)
  expect((await detailOf(ada)).emailVerified).toBe(true)
  expect((await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })).status).toBe(200)
  const mails = (await mailsTo(app, ada.email)).length
  expect(await support.call('POST', `/users/${ada.userId}/password-reset`)).toMatchObject({ status: 202, body: { mail: 'sent' } })
  const sent = await mailsTo(app, ada.email)
  expect(sent).toHaveLength(mails + 1)
  expect(sent[0]!.text).toContain('/reset-password?token=')
})

test('who only looks changes nothing, and support does not touch those who hold more', async () => {
  const [viewer, ada] = [await operatorWith(app, 'viewer'), await app.person()]
  const acts = (id: string): [string, string][] => [
    ['DELETE', `/users/${id}/sessions/ses_00000000000000000000000000`],
    ['POST', `/users/${id}/verify-email`],
    ['POST', `/users/${id}/password-reset`],
  ]
  for (const [method, path] of acts(ada.userId))
    expect((await viewer.call(method, path)).body, path).toMatchObject({ code: 'operator.permission_missing' })
  for (const [method, path] of acts(owner.userId))
    expect((await support.call(method, path)).body, path).toMatchObject({ code: 'operator.beyond_role' })
  expect((await viewer.call('GET', `/users/${ada.userId}`)).status).toBe(200)
})
