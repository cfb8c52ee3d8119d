import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../kernel/clock.ts'
import { type Authenticator, firstStep, setUpTotp } from '../modules/auth/testing/authenticator.ts'
import { addPasskey, type Device, ORIGIN, optionsOf } from '../modules/auth/testing/passkey-holder.ts'
import { behindProxy, visitor } from '../modules/auth/testing/visitor.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'

const clock = manualClock('2026-11-25T10:00:00Z')
let app: TestApp
let ada: TestPerson
let eve: TestPerson
let totp: { ada: Authenticator; eve: Authenticator }
let passkey: { ada: Device; eve: Device }

beforeAll(async () => {
  app = await startTestApp({ clock, environment: { ...behindProxy, TOLLKEEPER_URL: ORIGIN } })
  ada = await app.person('Ada')
  eve = await app.person('Eve')
  passkey = { ada: (await addPasskey(ada.call)).device, eve: (await addPasskey(eve.call)).device }
  totp = { ada: await setUpTotp(ada, clock), eve: await setUpTotp(eve, clock) }
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

/** Which password opens the challenge that is shown. */
const passwords = ['right', 'wrong', 'none', 'of another person'] as const
const codes = [
  'right',
  'wrong',
  'none',
  'empty',
  'of another person',
  'used',
  'a backup code',
  'a backup code as one of the app',
  'a passkey',
  'a passkey of another person',
  'a passkey for another sign-in',
  'a passkey for a sign-in by it alone',
  'a passkey answered before',
] as const

async function challengeFor(password: (typeof passwords)[number]): Promise<string | null> {
  if (password === 'right') return firstStep(visitor(app), ada)
  if (password === 'of another person') return firstStep(visitor(app), eve)
  if (password === 'none') return null
  const answer = await visitor(app)('POST', '/auth/login', { email: ada.email, password: 'wrong as can be 11' })
  expect(answer.status).toBe(401)
  expect(JSON.stringify(answer.body)).not.toContain('tkc_')
  return `tkc_${'A'.repeat(43)}`
}

let used = ''
let answered: unknown

/** What a passkey signs for the sign-in a challenge stands for; nothing where it stands for none. */
async function signed(device: Device, challenge: string | null): Promise<unknown> {
  const call = callerOf(app.url, { authorization: `Bearer ${challenge}` })
  const options = await call('POST', '/auth/challenge/passkey/options')
  return device.get(options.status === 200 ? optionsOf(options) : await signInOptions(), { origin: ORIGIN })
}

const signInOptions = async () => optionsOf(await visitor(app)('POST', '/auth/passkey/options'))

async function credentialFor(code: (typeof codes)[number], challenge: string | null): Promise<unknown> {
  if (code === 'a passkey answered before') return answered
  if (code === 'a passkey of another person') return signed(passkey.eve, challenge)
  if (code === 'a passkey for another sign-in') return signed(passkey.ada, await firstStep(visitor(app), ada))
  if (code === 'a passkey for a sign-in by it alone') return passkey.ada.get(await signInOptions(), { origin: ORIGIN })
  answered = await signed(passkey.ada, challenge)
  return answered
}

function bodyFor(code: (typeof codes)[number]): object {
  const body = (text: string, method = 'totp') => ({ method, code: text })
  if (code === 'none') return { method: 'totp' }
  if (code === 'empty') return body('')
  if (code === 'wrong') return body('000000')
  if (code === 'used') return body(used)
  if (code === 'of another person') return body(totp.eve.nextCode())
  if (code === 'a backup code') return body(totp.ada.backupCodes.pop()!, 'backup_code')
  if (code === 'a backup code as one of the app') return body(totp.ada.backupCodes[0]!)
  used = totp.ada.nextCode()
  return body(used)
}

test('of all sets of right, wrong and missing factors, only a right password with a right code or passkey of the same person opens a session', async () => {
  const sessions = async () => (await app.services.pool.query('select 1 from session where user_id = $1', [ada.userId])).rows.length
  const opened: string[] = []
  for (const password of passwords) {
    for (const code of codes) {
      const challenge = await challengeFor(password)
      const before = await sessions()
      const headers: Record<string, string> = challenge ? { authorization: `Bearer ${challenge}` } : {}
      const byPasskey = code.startsWith('a passkey')
      const body = byPasskey ? { credential: await credentialFor(code, challenge) } : bodyFor(code)
      const { status } = await visitor(app)('POST', byPasskey ? '/auth/challenge/passkey' : '/auth/challenge', body, headers)
      const came = (await sessions()) - before
      expect([password, code, status === 200 && password === 'right']).toEqual([password, code, came === 1])
      if (came > 0) opened.push(`${password} password, code ${code}`)
    }
  }
  expect(opened).toEqual(['right password, code right', 'right password, code a backup code', 'right password, code a passkey'])
}, 120_000)

test('a code beside the password, or in place of it, is no short way in', async () => {
  const { email, password } = ada
  for (const body of [
    { email, password, code: totp.ada.nextCode() },
    { email, code: totp.ada.nextCode() },
    { email, password: totp.ada.nextCode() },
    { email, password: totp.ada.backupCodes[0] },
    { email, password: '', code: totp.ada.nextCode() },
  ]) {
    const answer = await visitor(app)('POST', '/auth/login', body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body).not.toHaveProperty('accessToken')
  }
})
