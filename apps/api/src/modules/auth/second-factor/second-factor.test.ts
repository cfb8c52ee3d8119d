import type { SignedIn } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { callerOf, startTestApp, type TestApp } from '../../../testing/index.ts'
import { firstStep, secondStep, setUpTotp } from '../testing/authenticator.ts'
import { behindProxy, mailsTo, refusal, visitor } from '../testing/visitor.ts'

const start = '2026-11-25T10:00:00Z'
const codeOf = ({ status, body }: { status: number; body: unknown }) => (status === 200 ? 'in' : (body as { code: string }).code)

async function world() {
  const clock = manualClock(start)
  const app = await startTestApp({ clock, environment: behindProxy })
  const ada = await app.person('Ada')
  return { app, clock, ada, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

const sessionsOf = async (app: TestApp, userId: string) =>
  (await app.services.pool.query<{ id: string }>('select id from session where user_id = $1', [userId])).rows.length

test('with an authenticator app every sign-in takes two steps, and the first gives nothing that could be taken for a session', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const totp = await setUpTotp(ada, clock)
  const before = await sessionsOf(app, ada.userId)
  const token = await firstStep(app.call, ada)
  expect(await sessionsOf(app, ada.userId)).toBe(before)
  const answer = await secondStep(app, token, totp.nextCode())
  const signedIn = answer.body as SignedIn
  expect(answer).toMatchObject({ status: 200, body: { user: { id: ada.userId } } })
  const session = callerOf(app.url, { authorization: `Bearer ${signedIn.accessToken}` })
  expect(await session('GET', '/users/me')).toMatchObject({ status: 200 })
  const history = await session('GET', '/users/me/login-history')
  expect((history.body as { rows: { method: string; outcome: string }[] }).rows.slice(0, 2)).toMatchObject([
    { method: 'totp', outcome: 'success' },
    { method: 'password', outcome: 'pending' },
  ])
  expect(await app.call('POST', '/auth/refresh', { refreshToken: signedIn.refreshToken })).toMatchObject({ status: 200 })
}, 60_000)

test('a code works once: not for enrolment and a sign-in, not for two sign-ins, not for a sign-in and a proof afterwards', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const totp = await setUpTotp(ada, clock)
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), totp.code()))).toBe('auth.second_factor_wrong')
  const code = totp.nextCode()
  const first = await secondStep(app, await firstStep(app.call, ada), code)
  expect(codeOf(first)).toBe('in')
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), code))).toBe('auth.second_factor_wrong')
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), totp.code(-1)))).toBe('auth.second_factor_wrong')
  const session = callerOf(app.url, { authorization: `Bearer ${(first.body as SignedIn).accessToken}` })
  expect(codeOf(await session('POST', '/auth/step-up', { method: 'totp', secret: code }))).toBe('auth.second_factor_wrong')
}, 60_000)

test('of fifty who send one code at once, on two nodes and for fifty sign-ins, one comes in', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const other = await app.secondNode()
  const totp = await setUpTotp(ada, clock)
  const tokens: string[] = []
  // the brake on passwords lets twenty be looked at together
  while (tokens.length < 50) tokens.push(...(await Promise.all(Array.from({ length: 10 }, () => firstStep(app.call, ada)))))
  const code = totp.nextCode()
  const answers = await Promise.all(tokens.map((token, index) => secondStep(index % 2 ? app : other, token, code)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
}, 120_000)

test('of fifty who finish one challenge at once, on two nodes and with ten backup codes, one comes in and one code is gone', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const other = await app.secondNode()
  const { backupCodes } = await setUpTotp(ada, clock)
  const token = await firstStep(app.call, ada)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => secondStep(index % 2 ? app : other, token, backupCodes[index % 10]!, 'backup_code')),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const { rows } = await app.services.pool.query('select 1 from backup_code where user_id = $1', [ada.userId])
  expect(rows).toHaveLength(9)
}, 120_000)

test('codes of half a minute ago and ahead are taken, of a minute are not', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const totp = await setUpTotp(ada, clock)
  for (const [steps, outcome] of [
    [2, 'auth.second_factor_wrong'],
    [-2, 'auth.second_factor_wrong'],
    [-1, 'in'],
    [1, 'in'],
  ] as const) {
    clock.advance(120_000)
    expect({ steps, outcome: codeOf(await secondStep(app, await firstStep(app.call, ada), totp.code(steps))) }).toEqual({
      steps,
      outcome,
    })
  }
}, 60_000)

test('a backup code works once, however it is typed, and new ones end the old; the person is told each time', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const { backupCodes } = await setUpTotp(ada, clock)
  expect(new Set(backupCodes).size).toBe(10)
  const typed = ` ${backupCodes[0]!.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')} `
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), typed, 'backup_code'))).toBe('in')
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), backupCodes[0]!, 'backup_code'))).toBe(
    'auth.second_factor_wrong',
  )
  expect(await ada.call('GET', '/users/me/second-factor')).toMatchObject({ body: { enabled: true, backupCodesLeft: 9 } })
  const renewed = await ada.call('POST', '/users/me/second-factor/backup-codes')
  const [fresh] = (renewed.body as { backupCodes: string[] }).backupCodes
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), backupCodes[1]!, 'backup_code'))).toBe(
    'auth.second_factor_wrong',
  )
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), fresh!, 'backup_code'))).toBe('in')
  const subjects = (await mailsTo(app, ada.email)).map(({ subject }) => subject)
  expect(subjects.filter((subject) => /backup code|Two-step/.test(subject)).sort()).toEqual([
    'A backup code was used',
    'A backup code was used',
    'Two-step sign-in is on',
    'You have new backup codes',
  ])
}, 60_000)

test('five wrong codes end a challenge, also when the sixth is right or all come at once', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const totp = await setUpTotp(ada, clock)
  const slow = await firstStep(app.call, ada)
  for (let tries = 0; tries < 5; tries++) expect(codeOf(await secondStep(app, slow, '000000'))).toBe('auth.second_factor_wrong')
  expect(codeOf(await secondStep(app, slow, totp.nextCode()))).toBe('auth.challenge_ended')
  const quick = await firstStep(app.call, ada)
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => secondStep(app, quick, `10000${index % 10}`)))
  expect(answers.map(codeOf).filter((code) => code === 'auth.second_factor_wrong')).toHaveLength(5)
}, 60_000)

test('an account takes twenty wrong codes in an hour, over all challenges; backup codes and time open it again', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const totp = await setUpTotp(ada, clock)
  const outcomes: string[] = []
  for (let challenge = 0; challenge < 5; challenge++) {
    const token = await firstStep(visitor(app), ada)
    clock.advance(1000)
    for (let tries = 0; tries < 5; tries++) outcomes.push(codeOf(await secondStep(app, token, '000000')))
  }
  expect(outcomes.filter((code) => code === 'auth.second_factor_wrong')).toHaveLength(20)
  expect(outcomes.slice(20)).toEqual(Array(5).fill('rate.limited'))
  clock.advance(16 * 60_000)
  expect(codeOf(await secondStep(app, await firstStep(visitor(app), ada), totp.nextCode()))).toBe('rate.limited')
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), totp.backupCodes[0]!, 'backup_code'))).toBe('in')
  clock.advance(45 * 60_000)
  expect(codeOf(await secondStep(app, await firstStep(app.call, ada), totp.nextCode()))).toBe('in')
}, 60_000)

test('a code of somebody else is wrong, and a challenge lasts ten minutes', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const bob = await app.person('Bob')
  const [adas, bobs] = [await setUpTotp(ada, clock), await setUpTotp(bob, clock)]
  const token = await firstStep(app.call, ada)
  expect(codeOf(await secondStep(app, token, bobs.nextCode()))).toBe('auth.second_factor_wrong')
  expect(codeOf(await secondStep(app, token, bobs.backupCodes[0]!, 'backup_code'))).toBe('auth.second_factor_wrong')
  clock.advance(600_000)
  expect(codeOf(await secondStep(app, token, adas.nextCode()))).toBe('auth.challenge_ended')
}, 60_000)

test('neither the secret nor a backup code can be read in the database', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const { secret, backupCodes } = await setUpTotp(ada, clock)
  const { rows } = await app.services.pool.query<{ row: string }>(
    `select t::text as row from totp_factor t union all select b::text from backup_code b union all select a::text from audit_entry a`,
  )
  const everything = rows.map(({ row }) => row).join('\n')
  for (const kept of [secret, ...backupCodes, ...backupCodes.map((code) => code.replaceAll('-', ''))])
    expect(everything).not.toContain(kept)
}, 60_000)

test('setting it up and taking it away end every other session and half-done sign-in, on every node', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const before = await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })
  const elsewhere = callerOf(app.url, { authorization: `Bearer ${(before.body as SignedIn).accessToken}` })
  await setUpTotp(ada, clock)
  expect(refusal(await elsewhere('GET', '/users/me'))).toMatchObject({ status: 401, code: 'auth.session_ended' })
  expect(await ada.call('GET', '/users/me')).toMatchObject({ status: 200 })
  const token = await firstStep(app.call, ada)
  expect(await ada.call('DELETE', '/users/me/second-factor/totp')).toMatchObject({ status: 200 })
  expect(codeOf(await secondStep(app, token, '000000'))).toBe('auth.challenge_ended')
  expect(await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })).toMatchObject({ status: 200 })
  expect((await mailsTo(app, ada.email)).map(({ subject }) => subject)).toContain('Two-step sign-in is off')
}, 60_000)

test('what happens between the two steps counts: a new password, a suspension', async () => {
  await using w = await world()
  const { app, ada, clock } = w
  const totp = await setUpTotp(ada, clock)
  const token = await firstStep(app.call, ada)
  const newPassword = 'lantern orchard quartz 57'
  expect(await ada.call('PUT', '/users/me/password', { currentPassword: ada.password, newPassword })).toMatchObject({ status: 200 })
  expect(codeOf(await secondStep(app, token, totp.nextCode()))).toBe('auth.challenge_ended')
  const again = await firstStep(app.call, { email: ada.email, password: newPassword })
  const operator = await app.operator()
  await operator.call('PUT', `/users/${ada.userId}/status`, { status: 'suspended', reason: 'a test' })
  expect(codeOf(await secondStep(app, again, totp.nextCode()))).toBe('auth.challenge_ended')
}, 60_000)
