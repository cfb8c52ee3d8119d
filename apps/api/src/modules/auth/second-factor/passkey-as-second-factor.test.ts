import type { BackupCodes, SignedIn } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { type Answer, callerOf, startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { firstStep, secondStep, setUpTotp } from '../testing/authenticator.ts'
import { addPasskey, type Device, finishWithPasskey, ORIGIN, optionsOf, usePasskey } from '../testing/passkey-holder.ts'
import { askSignInMail } from '../testing/sign-in-mail.ts'
import { behindProxy, mailsTo, refusal, visitor } from '../testing/visitor.ts'

let clock: ReturnType<typeof manualClock>
let app: TestApp
beforeAll(async () => {
  clock = manualClock('2026-11-25T10:00:00Z')
  app = await startTestApp({ clock, environment: { ...behindProxy, TOLLKEEPER_URL: ORIGIN } })
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

const codeOf = ({ status, body }: Answer) => (status === 200 ? 'in' : (body as { code: string }).code)
const login = ({ email, password }: TestPerson) => visitor(app)('POST', '/auth/login', { email, password })
const challengeAs = (token: string) => callerOf(app.url, { authorization: `Bearer ${token}` })

/** A person whose sign-ins ask for their passkey. */
async function personOfTwoSteps(): Promise<{ ada: TestPerson; device: Device; id: string; backupCodes: string[] }> {
  const ada = await app.person()
  const { device, id } = await addPasskey(ada.call)
  const turnedOn = await usePasskey(ada.call, device, '/users/me/second-factor/passkeys')
  expect(turnedOn).toMatchObject({ status: 200 })
  return { ada, device, id, ...(turnedOn.body as BackupCodes) }
}

test('a passkey that was only added changes no sign-in by password; turned on, every way in takes the second step', async () => {
  const ada = await app.person()
  const { device } = await addPasskey(ada.call)
  expect(await ada.call('GET', '/users/me/second-factor')).toMatchObject({
    body: { enabled: false, methods: [], passkeysSince: null, passkeys: 1 },
  })
  expect((await login(ada)).status).toBe(200)
  const elsewhere = callerOf(app.url, { authorization: `Bearer ${((await login(ada)).body as SignedIn).accessToken}` })
  const turnedOn = await usePasskey(ada.call, device, '/users/me/second-factor/passkeys')
  expect((turnedOn.body as BackupCodes).backupCodes).toHaveLength(10)
  expect(refusal(await elsewhere('GET', '/users/me'))).toMatchObject({ code: 'auth.session_ended' })
  expect(await ada.call('GET', '/users/me/second-factor')).toMatchObject({
    body: { enabled: true, methods: ['passkey', 'backup_code'], totpSince: null, passkeysSince: clock.now().toISOString() },
  })
  expect((await mailsTo(app, ada.email)).map(({ subject }) => subject)).toContain('Two-step sign-in is on')
  const { attempt, code } = await askSignInMail(app, visitor(app), ada.email)
  for (const answer of [await login(ada), await visitor(app)('POST', '/auth/mail/code', { attempt, code })]) {
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth.second_factor_needed' } })
    const { methods, token } = (answer.body as { challenge: { methods: string[]; token: string } }).challenge
    expect(methods).toEqual(['passkey', 'backup_code'])
    expect(await finishWithPasskey(app, token, device)).toMatchObject({ status: 200, body: { user: { id: ada.userId } } })
  }
  const { rows } = await app.services.pool.query('select second_factor from session where user_id = $1', [ada.userId])
  expect(rows).toEqual(Array(3).fill({ second_factor: 'passkey' }))
}, 60_000)

test('once an authenticator app is set up, a passkey serves in its place, and the code of the app still does', async () => {
  const ada = await app.person()
  const { device } = await addPasskey(ada.call)
  const totp = await setUpTotp(ada, clock)
  expect(await challengeAs(await firstStep(visitor(app), ada))('GET', '/auth/challenge')).toMatchObject({
    body: { methods: ['passkey', 'totp', 'backup_code'] },
  })
  expect(codeOf(await finishWithPasskey(app, await firstStep(visitor(app), ada), device))).toBe('in')
  expect(codeOf(await secondStep(app, await firstStep(visitor(app), ada), totp.nextCode()))).toBe('in')
}, 60_000)

test('the browser is told which passkeys can be asked for, and gets its session in the cookie alone', async () => {
  const { ada, device } = await personOfTwoSteps()
  const { email, password } = ada
  const browser = callerOf(app.url, { origin: ORIGIN })
  const half = await browser('POST', '//trpc/auth.signIn', { email, password })
  const cookie = half.headers.getSetCookie()[0]!.split(';')[0]!
  const page = callerOf(app.url, { origin: ORIGIN, cookie })
  const asked = (await page('POST', '//trpc/auth.challenge.passkeyOptions', {})).body as {
    result: { data: Parameters<Device['get']>[0] }
  }
  const credential = device.get(asked.result.data, { origin: ORIGIN })
  expect(asked.result.data.publicKey).toMatchObject({ rpId: 'localhost', allowCredentials: [{ id: credential.id }] })
  expect((await page('POST', '/auth/challenge/passkey', { credential })).status).toBe(401)
  const again = (await page('POST', '//trpc/auth.challenge.passkeyOptions', {})).body as typeof asked
  const done = await page('POST', '//trpc/auth.challenge.signInWithPasskey', {
    credential: device.get(again.result.data, { origin: ORIGIN }),
  })
  expect(done.status).toBe(200)
  expect(JSON.stringify(done.body)).not.toContain('accessToken')
  expect(done.headers.getSetCookie().map((line) => line.split('=')[0])).toEqual(['tollkeeper.challenge', 'tollkeeper.session'])
}, 60_000)

test("neither another's passkey, nor one asked for elsewhere or for something else, finishes a sign-in", async () => {
  const [{ ada, device }, eve] = [await personOfTwoSteps(), await personOfTwoSteps()]
  const token = await firstStep(visitor(app), ada)
  const adas = await challengeAs(token)('POST', '/auth/challenge/passkey/options')
  const { publicKey } = optionsOf(adas)
  const wrong: [string, () => Promise<Answer>][] = [
    ["another person's", () => finishWithPasskey(app, token, eve.device)],
    [
      'of a sign-in beside it',
      async () => {
        const beside = challengeAs(await firstStep(visitor(app), ada))
        return finishWithPasskey(app, token, device, optionsOf(await beside('POST', '/auth/challenge/passkey/options')))
      },
    ],
    [
      'of a sign-in by passkey',
      async () => finishWithPasskey(app, token, device, optionsOf(await app.call('POST', '/auth/passkey/options'))),
    ],
    [
      'of a proof afterwards',
      async () => finishWithPasskey(app, token, device, optionsOf(await ada.call('POST', '/auth/step-up/passkey/options'))),
    ],
    [
      'of the sign-in of another person',
      async () => {
        const other = challengeAs(await firstStep(visitor(app), eve.ada))
        return finishWithPasskey(app, token, eve.device, optionsOf(await other('POST', '/auth/challenge/passkey/options')))
      },
    ],
  ]
  for (const [what, send] of wrong) expect([what, codeOf(await send())]).toEqual([what, 'auth.passkey_refused'])
  const asSignIn = await visitor(app)('POST', '/auth/passkey', { credential: device.get({ publicKey }, { origin: ORIGIN }) })
  expect(codeOf(asSignIn)).toBe('auth.passkey_refused')
  expect(codeOf(await finishWithPasskey(app, token, device))).toBe('in')
}, 60_000)

test('of fifty who finish one sign-in at once with one answer of a passkey, on two nodes, one comes in', async () => {
  await using other = await app.secondNode()
  const { ada, device } = await personOfTwoSteps()
  const token = await firstStep(visitor(app), ada)
  const options = optionsOf(await challengeAs(token)('POST', '/auth/challenge/passkey/options'))
  const credential = device.get(options, { origin: ORIGIN })
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      callerOf((index % 2 ? app : other).url, { authorization: `Bearer ${token}` })('POST', '/auth/challenge/passkey', {
        credential,
      }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
}, 120_000)

test('a backup code stands in for a passkey, once', async () => {
  const { ada, backupCodes } = await personOfTwoSteps()
  expect(codeOf(await secondStep(app, await firstStep(visitor(app), ada), backupCodes[0]!, 'backup_code'))).toBe('in')
  expect(codeOf(await secondStep(app, await firstStep(visitor(app), ada), backupCodes[0]!, 'backup_code'))).toBe(
    'auth.second_factor_wrong',
  )
}, 60_000)

test('the last passkey that two-step sign-in asks for stays until there is another way, or it is turned off', async () => {
  const { ada, device, id, backupCodes } = await personOfTwoSteps()
  expect(refusal(await ada.call('DELETE', `/users/me/passkeys/${id}`))).toMatchObject({
    status: 409,
    code: 'auth.last_second_factor',
  })
  expect(codeOf(await finishWithPasskey(app, await firstStep(visitor(app), ada), device))).toBe('in')
  const totp = await setUpTotp(ada, clock)
  // the codes there were go on, as two-step sign-in did
  expect(totp.backupCodes).toEqual([])
  expect((await ada.call('DELETE', `/users/me/passkeys/${id}`)).status).toBe(200)
  expect(await ada.call('GET', '/users/me/second-factor')).toMatchObject({
    body: { enabled: true, methods: ['totp', 'backup_code'], passkeysSince: null, backupCodesLeft: 10 },
  })
  expect(codeOf(await secondStep(app, await firstStep(visitor(app), ada), backupCodes[0]!, 'backup_code'))).toBe('in')
}, 60_000)

test('of the app and the passkeys either can go while the other stays; with the last one it is off, and the backup codes are gone', async () => {
  const { ada, device } = await personOfTwoSteps()
  await setUpTotp(ada, clock)
  expect((await ada.call('DELETE', '/users/me/second-factor/totp')).status).toBe(200)
  expect(await ada.call('GET', '/users/me/second-factor')).toMatchObject({
    body: { enabled: true, methods: ['passkey', 'backup_code'], backupCodesLeft: 10 },
  })
  expect(codeOf(await finishWithPasskey(app, await firstStep(visitor(app), ada), device))).toBe('in')
  expect((await ada.call('DELETE', '/users/me/second-factor/passkeys')).status).toBe(200)
  expect(await ada.call('GET', '/users/me/second-factor')).toMatchObject({
    body: { enabled: false, methods: [], backupCodesLeft: 0, passkeys: 1 },
  })
  expect((await login(ada)).status).toBe(200)
  expect(refusal(await ada.call('DELETE', '/users/me/second-factor/passkeys'))).toMatchObject({
    code: 'auth.second_factor_missing',
  })
  const subjects = (await mailsTo(app, ada.email)).map(({ subject }) => subject)
  expect(subjects).toEqual(expect.arrayContaining(['Two-step sign-in was changed', 'Two-step sign-in is off']))
}, 60_000)

test('turning it on takes the use of a passkey, asked for in this very session', async () => {
  const [ada, eve] = [await app.person(), await app.person()]
  const { device } = await addPasskey(ada.call)
  const path = '/users/me/second-factor/passkeys'
  for (const elsewhere of [
    await eve.call('POST', `${path}/options`),
    await ada.call('POST', '/auth/step-up/passkey/options'),
    await app.call('POST', '/auth/passkey/options'),
  ]) {
    const credential = device.get(optionsOf(elsewhere), { origin: ORIGIN })
    expect(codeOf(await ada.call('POST', path, { credential }))).toBe('auth.passkey_refused')
  }
  expect((await login(ada)).status).toBe(200)
  expect((await usePasskey(ada.call, device, path)).status).toBe(200)
  expect(codeOf(await usePasskey(ada.call, device, path))).toBe('auth.second_factor_set')
}, 60_000)

test('in a tenant that asks for two factors a passkey counts: by the second step, and in a session that shows one', async () => {
  const { ada, device } = await personOfTwoSteps()
  const path = `/tenants/${ada.tenantId}/security`
  expect((await ada.call('PUT', path, { secondFactorRequired: true })).status).toBe(200)
  const bearer = ({ body }: Answer) => callerOf(app.url, { authorization: `Bearer ${(body as SignedIn).accessToken}` })
  const stepped = bearer(await finishWithPasskey(app, await firstStep(visitor(app), ada), device))
  expect((await stepped('GET', '/api-keys')).status).toBe(200)
  // without two steps a session in that tenant is refused until it shows a passkey
  expect((await ada.call('DELETE', '/users/me/second-factor/passkeys')).status).toBe(200)
  const alone = bearer(await login(ada))
  expect(refusal(await alone('GET', '/api-keys'))).toMatchObject({ code: 'tenant.second_factor_needed' })
  expect((await usePasskey(alone, device, '/auth/step-up/passkey')).status).toBe(200)
  expect((await alone('GET', '/api-keys')).status).toBe(200)
}, 60_000)

test('an operator resets it: one step is enough again, and the passkey stays as a way in', async () => {
  const { ada, device } = await personOfTwoSteps()
  const operator = await app.operator()
  expect(await operator.call('GET', `/users/${ada.userId}`)).toMatchObject({ body: { secondFactor: true } })
  const reason = 'lost her key, showed her passport'
  expect((await operator.call('POST', `/users/${ada.userId}/second-factor/reset`, { reason })).status).toBe(200)
  expect((await login(ada)).status).toBe(200)
  const options = optionsOf(await visitor(app)('POST', '/auth/passkey/options'))
  const answer = await visitor(app)('POST', '/auth/passkey', { credential: device.get(options, { origin: ORIGIN }) })
  expect(answer.status).toBe(200)
}, 60_000)

test('where the server is reached by an address that knows no passkeys, the second step is asked for all the same', async () => {
  await using bare = await startTestApp({ environment: { TOLLKEEPER_URL: 'http://127.0.0.1:4000' } })
  const { call, userId, email, password } = await bare.person()
  await bare.services.pool.query(
    `insert into passkey (id, user_id, name, credential_id, public_key, counter, transports, backed_up, created_at)
     values ('psk_1', $1, 'Of another address', 'AA', 'AA', 0, '', false, now())`,
    [userId],
  )
  await bare.services.pool.query('insert into passkey_factor (user_id, created_at) values ($1, now())', [userId])
  expect(await bare.call('POST', '/auth/login', { email, password })).toMatchObject({
    status: 401,
    body: { code: 'auth.second_factor_needed', challenge: { methods: [] } },
  })
  expect(await call('GET', '/users/me/second-factor')).toMatchObject({ body: { enabled: true, methods: [], passkeys: 0 } })
}, 60_000)
