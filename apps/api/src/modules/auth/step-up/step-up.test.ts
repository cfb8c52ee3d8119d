import { operatorPermissions } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { type Call, callerOf, startTestApp } from '../../../testing/index.ts'
import { attemptsOf } from '../../../testing/isolation-matrix.ts'
import { setUpTotp } from '../testing/authenticator.ts'

const codeIn = (body: unknown) => {
  const over = body as { code?: string; error?: { data?: { code?: string } } }
  return over.code ?? over.error?.data?.code
}
const everyone = { isOperator: false, isAnonymous: false }

test('every procedure that asks for it refuses a proof older than ten minutes, over tRPC and REST, and lets in after a new one', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock })
  const [owner, operator] = [await app.person(), await app.operator()]
  const ids = { usr: owner.userId, ten: owner.tenantId }
  clock.advance(600_001)
  const asking = [owner, operator].flatMap((person) =>
    attemptsOf({ ...everyone, name: person.name, call: person.call }, ids, owner.tenantId).filter(
      ({ meta }) => meta.stepUp && meta.permission in operatorPermissions === (person === operator),
    ),
  )
  expect(asking.length).toBeGreaterThan(20)
  const answers = async () => Promise.all(asking.map(async ({ label, send }) => ({ label, code: codeIn((await send()).body) })))
  expect((await answers()).filter(({ code }) => code !== 'auth.step_up_needed')).toEqual([])
  // a change that the proof lets through must not end the rest, so each is only shown to get past the question
  for (const { call, password } of [owner, operator])
    expect(await call('POST', '/auth/step-up', { method: 'password', secret: password })).toMatchObject({ status: 200 })
  const after: { label: string; code: string | undefined }[] = []
  for (const { label, send } of asking) after.push({ label, code: codeIn((await send()).body) })
  expect(after.filter(({ code }) => code === 'auth.step_up_needed')).toEqual([])
}, 120_000)

test('a wrong password proves nothing, and who has a second factor proves that: the password is not enough', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock })
  const ada = await app.person()
  const prove = (method: string, secret: string) => ada.call('POST', '/auth/step-up', { method, secret })
  expect(codeIn((await prove('password', 'not the password')).body)).toBe('auth.password_wrong')
  expect(codeIn((await prove('totp', '123456')).body)).toBe('auth.step_up_method')
  const totp = await setUpTotp(ada, clock)
  clock.advance(600_001)
  expect(codeIn((await ada.call('DELETE', '/users/me/second-factor/totp')).body)).toBe('auth.step_up_needed')
  expect(codeIn((await prove('password', ada.password)).body)).toBe('auth.step_up_method')
  expect(await ada.call('GET', '/auth/step-up')).toMatchObject({ body: { methods: ['totp', 'backup_code'] } })
  const code = totp.nextCode()
  expect(await prove('totp', code)).toMatchObject({ status: 200 })
  expect(codeIn((await prove('totp', code)).body)).toBe('auth.second_factor_wrong')
  expect(await ada.call('DELETE', '/users/me/second-factor/totp')).toMatchObject({ status: 200 })
}, 60_000)

test('a browser gets another cookie for its session with each proof, and the one before opens nothing', async () => {
  await using app = await startTestApp()
  const ada = await app.person()
  const page = callerOf(app.url, { origin: app.services.publicUrl })
  const cookieOf = (headers: Headers) => headers.getSetCookie()[0]!.split(';')[0]!
  const before = cookieOf((await page('POST', '//trpc/auth.signIn', { email: ada.email, password: ada.password })).headers)
  const withCookie = (cookie: string): Call => callerOf(app.url, { cookie, origin: app.services.publicUrl })
  const proved = await withCookie(before)('POST', '/auth/step-up', { method: 'password', secret: ada.password })
  const after = cookieOf(proved.headers)
  expect(after).not.toBe(before)
  expect((await withCookie(before)('GET', '/users/me')).status).toBe(401)
  expect((await withCookie(after)('GET', '/users/me')).status).toBe(200)
}, 60_000)
