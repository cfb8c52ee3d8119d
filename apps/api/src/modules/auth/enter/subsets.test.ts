import type { PendingSignIn } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { callerOf, startTestApp } from '../../../testing/index.ts'
import { setUpTotp } from '../testing/authenticator.ts'
import { behindProxy, visitor } from '../testing/visitor.ts'

const states = ['right', 'wrong', 'missing'] as const
type State = (typeof states)[number]

/** Every way to give, forge or leave out each part of a sign-in: 3⁴. */
const combinations = states.flatMap((password) =>
  states.flatMap((totp) => states.flatMap((backup) => states.map((token) => ({ password, totp, backup, token })))),
)

/** Both steps, with one proof in the second. Two at once are no request there is. */
const mayEnter = ({ password, totp, backup, token }: Record<'password' | 'totp' | 'backup' | 'token', State>) =>
  password === 'right' &&
  token === 'right' &&
  ((totp === 'right' && backup === 'missing') || (backup === 'right' && totp === 'missing'))

test('of all ways to give, forge or leave out password, code, backup code and token, only both steps done rightly let in', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const ada = await app.person()
  const totp = await setUpTotp(ada, clock)
  const { rows: before } = await app.services.pool.query('select id from session where user_id = $1', [ada.userId])
  const backupCodes = [...totp.backupCodes]
  const entered: object[] = []
  for (const combination of combinations) {
    clock.advance(3_600_000)
    const passwords = { right: { password: ada.password }, wrong: { password: 'quartz 57 lantern orchard' }, missing: {} }
    const first = await visitor(app)('POST', '/auth/login', { email: ada.email, ...passwords[combination.password] })
    expect(first.status).not.toBe(200)
    const told = (first.body as { challenge?: PendingSignIn }).challenge?.token
    expect(told !== undefined).toBe(combination.password === 'right')
    const tokens = { right: told, wrong: `tkc_${'A'.repeat(43)}`, missing: undefined }
    const token = tokens[combination.token]
    const codes = [
      ...(combination.totp === 'missing'
        ? []
        : [{ method: 'totp', code: combination.totp === 'right' ? totp.nextCode() : '000000' }]),
      ...(combination.backup === 'missing'
        ? []
        : [{ method: 'backup_code', code: combination.backup === 'right' ? backupCodes[0] : 'aaaa-aaaa-aaaa-aaaa' }]),
    ]
    const body = codes.length === 2 ? { ...codes[0], backupCode: codes[1]!.code } : (codes[0] ?? {})
    const second = await callerOf(app.url, token ? { authorization: `Bearer ${token}` } : {})('POST', '/auth/challenge', body)
    if (second.status !== 200) continue
    entered.push(combination)
    if (combination.backup === 'right') backupCodes.shift()
  }
  expect(entered).toEqual(combinations.filter(mayEnter))
  expect(entered).toHaveLength(2)
  const { rows: after } = await app.services.pool.query('select id from session where user_id = $1', [ada.userId])
  expect(after).toHaveLength(before.length + 2)
}, 180_000)

test('what a browser holds of a half-done sign-in is no bearer token, nor the other way round', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock })
  const ada = await app.person()
  const totp = await setUpTotp(ada, clock)
  const { publicUrl } = app.services
  const inBrowser = await callerOf(app.url, { origin: publicUrl })('POST', '//trpc/auth.signIn', {
    email: ada.email,
    password: ada.password,
  })
  expect(JSON.stringify(inBrowser.body)).not.toContain('tkc_')
  const cookie = inBrowser.headers
    .getSetCookie()
    .find((line) => line.startsWith('tollkeeper.challenge='))!
    .split(';')[0]!
  const held = cookie.split('=')[1]!
  const asBearer = callerOf(app.url, { authorization: `Bearer ${held}` })
  expect(await asBearer('POST', '/auth/challenge', { method: 'totp', code: totp.nextCode() })).toMatchObject({ status: 401 })
  const outside = await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })
  const { token } = (outside.body as { challenge: PendingSignIn }).challenge
  const asCookie = callerOf(app.url, { cookie: `tollkeeper.challenge=${token}`, origin: publicUrl })
  expect(await asCookie('POST', '//trpc/auth.challenge.signIn', { method: 'totp', code: totp.nextCode() })).toMatchObject({
    status: 401,
  })
  const withCookie = callerOf(app.url, { cookie, origin: publicUrl })
  expect(await withCookie('POST', '/auth/challenge', { method: 'totp', code: totp.nextCode() })).toMatchObject({ status: 401 })
  const done = await withCookie('POST', '//trpc/auth.challenge.signIn', { method: 'totp', code: totp.nextCode() })
  expect(done.status).toBe(200)
  expect(done.headers.getSetCookie().map((line) => line.split('=')[0])).toEqual(['tollkeeper.challenge', 'tollkeeper.session'])
}, 60_000)
