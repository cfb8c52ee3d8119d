import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../kernel/clock.ts'
import { type Authenticator, firstStep, setUpTotp } from '../modules/auth/testing/authenticator.ts'
import { behindProxy, visitor } from '../modules/auth/testing/visitor.ts'
import { startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'

const clock = manualClock('2026-11-25T10:00:00Z')
let app: TestApp
let ada: TestPerson
let eve: TestPerson
let totp: { ada: Authenticator; eve: Authenticator }

beforeAll(async () => {
  app = await startTestApp({ clock, environment: behindProxy })
  ada = await app.person('Ada')
  eve = await app.person('Eve')
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

test('of all sets of right, wrong and missing factors, only a right password with a right code of the same person opens a session', async () => {
  const sessions = async () => (await app.services.pool.query('select 1 from session where user_id = $1', [ada.userId])).rows.length
  const opened: string[] = []
  for (const password of passwords) {
    for (const code of codes) {
      const challenge = await challengeFor(password)
      const before = await sessions()
      const headers: Record<string, string> = challenge ? { authorization: `Bearer ${challenge}` } : {}
      const { status } = await visitor(app)('POST', '/auth/challenge', bodyFor(code), headers)
      const came = (await sessions()) - before
      expect([password, code, status === 200 && password === 'right']).toEqual([password, code, came === 1])
      if (came > 0) opened.push(`${password} password, code ${code}`)
    }
  }
  expect(opened).toEqual(['right password, code right', 'right password, code a backup code'])
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
