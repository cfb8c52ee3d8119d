import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { type Answer, callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { setUpTotp } from './testing/authenticator.ts'
import { askSignInMail, mailedStepUpCode, signInWithoutPassword } from './testing/sign-in-mail.ts'
import { behindProxy, visitor } from './testing/visitor.ts'

const clock = manualClock(new Date())
let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ clock, environment: behindProxy })
})
afterAll(() => app[Symbol.asyncDispose]())

const personRow = (userId: string) => ({ text: 'select 1 from "user" where id = $1 for update', values: [userId] })
const familiesOf = (userId: string) => ({
  text: 'select 1 from refresh_family where user_id = $1 for update',
  values: [userId],
})
const changePassword = ({ call, password }: TestPerson) =>
  call('PUT', '/users/me/password', { currentPassword: password, newPassword: 'quartz lantern 57 orchard' })
const codeOf = ({ status, body }: Answer) => (body as { code?: string } | null)?.code ?? status

// Each of these pairs waited for each other when the person was not held first: PostgreSQL ended one, which was answered with 500.

test('a new password and a sign-in by a mailed link at once: the link is used before, or is worth nothing after', async () => {
  const ada = await app.person()
  const { token } = await askSignInMail(app, visitor(app), ada.email)
  const codes = await whileHeld(app.databaseUrl, personRow(ada.userId), [
    () => changePassword(ada).then(codeOf),
    () => visitor(app)('POST', '/auth/mail/link', { token }).then(codeOf),
  ])
  expect(codes).toEqual([200, 'auth.link_invalid'])
})

test('a new password and a forgotten one at once both end', async () => {
  const ada = await app.person()
  const forget = () => visitor(app)('POST', '/auth/forgot-password', { email: ada.email }).then(codeOf)
  expect(await forget()).toBe(202)
  const codes = await whileHeld(app.databaseUrl, personRow(ada.userId), [() => changePassword(ada).then(codeOf), forget])
  expect(codes).toEqual([200, 202])
})

test('a sign-out and a new second factor at once both end, also where a code was mailed to who signs out', async () => {
  const first = await signInWithoutPassword(app)
  const second = await anotherSignIn(first.email)
  await mailedStepUpCode(app, second.call, first.email)
  const codes = await whileHeld(app.databaseUrl, familiesOf(first.user.id), [
    () => second.call('POST', '/auth/logout').then(codeOf),
    () => setUpTotp(first, clock).then(() => 'set up'),
  ])
  expect(codes).toEqual([200, 'set up'])
})

test('a refresh token that turns up again and a new second factor at once both end', async () => {
  const first = await signInWithoutPassword(app)
  const second = await anotherSignIn(first.email)
  const refresh = () => visitor(app)('POST', '/auth/refresh', { refreshToken: second.refreshToken }).then(codeOf)
  expect(await refresh()).toBe(200)
  await mailedStepUpCode(app, second.call, first.email)
  clock.advance(31_000)
  const [refreshed, turnedOn] = await whileHeld(app.databaseUrl, familiesOf(first.user.id), [
    refresh,
    () => setUpTotp(first, clock).then(() => 'set up'),
  ])
  expect(['auth.refresh_reused', 'auth.session_ended']).toContain(refreshed)
  expect(turnedOn).toBe('set up')
})

/** The same person, in another place. */
async function anotherSignIn(email: string) {
  // of two mails of one moment the newest is not known
  clock.advance(1_000)
  const { attempt, code } = await askSignInMail(app, visitor(app), email)
  const { body } = await visitor(app)('POST', '/auth/mail/code', { attempt, code })
  const { accessToken, refreshToken } = body as { accessToken: string; refreshToken: string }
  return { refreshToken, call: callerOf(app.url, { authorization: `Bearer ${accessToken}` }) }
}
