import { operatorPermissions, type SignedIn } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { type Call, callerOf, startTestApp } from '../../../testing/index.ts'
import { attemptsOf } from '../../../testing/isolation-matrix.ts'
import { setUpTotp } from '../testing/authenticator.ts'
import { addPasskey, ORIGIN, optionsOf, usePasskey } from '../testing/passkey-holder.ts'
import { askSignInMail, mailedStepUpCode, signInWithoutPassword } from '../testing/sign-in-mail.ts'
import { behindProxy, visitor } from '../testing/visitor.ts'

const codeIn = (body: unknown) => {
  const over = body as { code?: string; error?: { data?: { code?: string } } }
  return over.code ?? over.error?.data?.code
}
const noCredential = {
  id: 'AA',
  rawId: 'AA',
  type: 'public-key',
  response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
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

test('who has a passkey can prove it instead of the password, and the session is one of two factors then', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock, environment: { TOLLKEEPER_URL: ORIGIN } })
  const [ada, eve] = [await app.person(), await app.person()]
  expect(codeIn((await ada.call('POST', '/auth/step-up/passkey', { credential: noCredential })).body)).toBe('auth.step_up_method')
  const [{ device }, other] = [await addPasskey(ada.call), await addPasskey(eve.call)]
  expect(await ada.call('GET', '/auth/step-up')).toMatchObject({ body: { methods: ['passkey', 'password'] } })
  clock.advance(600_001)
  expect(codeIn((await ada.call('POST', '/users/me/passkeys/options')).body)).toBe('auth.step_up_needed')
  expect(codeIn((await usePasskey(ada.call, other.device, '/auth/step-up/passkey')).body)).toBe('auth.passkey_refused')
  // asked for in another session of the same person
  const login = await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })
  const beside = callerOf(app.url, { authorization: `Bearer ${(login.body as SignedIn).accessToken}` })
  const asked = optionsOf(await beside('POST', '/auth/step-up/passkey/options'))
  const stolen = { credential: device.get(asked, { origin: ORIGIN }) }
  expect(codeIn((await ada.call('POST', '/auth/step-up/passkey', stolen)).body)).toBe('auth.passkey_refused')
  expect(await usePasskey(ada.call, device, '/auth/step-up/passkey')).toMatchObject({ status: 200 })
  expect(await ada.call('POST', '/users/me/passkeys/options')).toMatchObject({ status: 200 })
  const { rows } = await app.services.pool.query('select second_factor from session where user_id = $1 order by id', [ada.userId])
  expect(rows[0]).toEqual({ second_factor: 'passkey' })
}, 60_000)

test('who has no password proves it by a mailed code: once, within ten minutes, in the session that asked, and by the newest alone', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const person = await signInWithoutPassword(app)
  const { call, email } = person
  expect(await call('GET', '/auth/step-up')).toMatchObject({ body: { methods: ['mail_code'] } })
  const prove = async (secret: string, from = call) => {
    const answer = await from('POST', '/auth/step-up', { method: 'mail_code', secret })
    return codeIn(answer.body) ?? answer.status
  }
  clock.advance(600_001)
  expect(codeIn((await call('POST', '/users/me/second-factor/totp')).body)).toBe('auth.step_up_needed')
  const replaced = await mailedStepUpCode(app, call, email)
  clock.advance(1_000)
  const code = await mailedStepUpCode(app, call, email)
  if (replaced !== code) expect(await prove(replaced)).toBe('auth.step_up_code_wrong')
  const { attempt, code: signInCode } = await askSignInMail(app, visitor(app), email)
  // a code of one purpose opens no other door
  if (signInCode !== code) expect(await prove(signInCode)).toBe('auth.step_up_code_wrong')
  expect((await visitor(app)('POST', '/auth/mail/code', { attempt, code: code === signInCode ? '000000' : code })).status).toBe(401)
  const again = await visitor(app)('POST', '/auth/mail/code', { attempt, code: signInCode })
  const beside = callerOf(app.url, { authorization: `Bearer ${(again.body as SignedIn).accessToken}` })
  expect(await prove(code, beside)).toBe('auth.step_up_code_wrong')
  expect(await prove(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(200)
  expect(await prove(code)).toBe('auth.step_up_code_wrong')
  expect(await call('POST', '/users/me/second-factor/totp')).toMatchObject({ status: 201 })
  const slow = await signInWithoutPassword(app)
  const late = await mailedStepUpCode(app, slow.call, slow.email)
  clock.advance(600_000)
  expect(await prove(late, slow.call)).toBe('auth.step_up_code_wrong')
}, 60_000)

test('a mailed code has five tries, also when many come at once; six are mailed in an hour, and twenty wrong ones hold the account', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const { call, email, accessToken } = await signInWithoutPassword(app)
  const other = await app.secondNode()
  const prove = async (secret: string, url = app.url) => {
    const from = callerOf(url, { authorization: `Bearer ${accessToken}` })
    const answer = await from('POST', '/auth/step-up', { method: 'mail_code', secret })
    return codeIn(answer.body) ?? String(answer.status)
  }
  const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000')
  for (let mails = 0; mails < 3; mails++) {
    clock.advance(1_000)
    const code = await mailedStepUpCode(app, call, email)
    const wrong = await Promise.all(Array.from({ length: 5 }, (_, index) => prove(wrongOf(code), index % 2 ? app.url : other.url)))
    expect(new Set(wrong)).toEqual(new Set(['auth.step_up_code_wrong']))
    expect(await prove(code)).toBe('auth.step_up_code_wrong')
  }
  for (let mails = 3; mails < 6; mails++) await mailedStepUpCode(app, call, email)
  const asked = await call('POST', '/auth/step-up/mail')
  expect(codeIn(asked.body)).toBe('rate.limited')
  const more = [await prove('none'), await prove('none'), await prove('none')]
  expect(more).toEqual(['auth.step_up_code_wrong', 'auth.step_up_code_wrong', 'rate.limited'])
}, 60_000)

test('a mailed code is for who has nothing else: with a password or a second factor none is mailed, and none is taken', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const ada = await app.person()
  expect(codeIn((await ada.call('POST', '/auth/step-up/mail')).body)).toBe('auth.step_up_method')
  const { call, email } = await signInWithoutPassword(app)
  const code = await mailedStepUpCode(app, call, email)
  await setUpTotp({ call }, clock)
  expect(codeIn((await call('POST', '/auth/step-up', { method: 'mail_code', secret: code })).body)).toBe('auth.step_up_method')
  expect(codeIn((await call('POST', '/auth/step-up/mail')).body)).toBe('auth.step_up_method')
  const { rows } = await app.services.pool.query('select 1 from step_up_code')
  expect(rows).toEqual([])
}, 60_000)

test('a mailed code cannot be read in the database, and ends with its session', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const { call, email } = await signInWithoutPassword(app)
  const code = await mailedStepUpCode(app, call, email)
  const kept = () => app.services.pool.query<{ row: string }>('select s::text as row from step_up_code s').then(({ rows }) => rows)
  expect((await kept()).length).toBe(1)
  expect((await kept())[0]!.row).not.toContain(code)
  await call('POST', '/auth/logout')
  expect(await kept()).toEqual([])
}, 60_000)
