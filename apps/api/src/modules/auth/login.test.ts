import { LoginEvent, User } from '@tollkeeper/db'
import type { SignedIn } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { announceChange } from '../../kernel/change-feed.ts'
import { manualClock } from '../../kernel/clock.ts'
import { inSystem, inSystemTransaction } from '../../kernel/in-transaction.ts'
import { startTestApp, type TestApp } from '../../testing/index.ts'
import { behindProxy, mailsTo, refusal, takeTheSameTime, visitor } from './testing/visitor.ts'

const wrong = 'quartz 57 lantern orchard'

test('a wrong password, an address nobody has and one that waits for its proof are refused alike', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  await visitor(app)('POST', '/auth/register', { email: 'waiting@example.test', password: 'orchard lantern 57 quartz', name: 'W' })
  const answers = await Promise.all(
    [owner.email, 'nobody@example.test', 'waiting@example.test'].map((email) =>
      visitor(app)('POST', '/auth/login', { email, password: wrong }),
    ),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(refusal(answer)))).size).toBe(1)
  expect(refusal(answers[0]!)).toMatchObject({ status: 401, code: 'auth.invalid_credentials' })
})

test('refusing takes the same time whether or not there is an account', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 40; round++) {
    for (const kind of ['known', 'unknown'] as const) {
      const call = visitor(app)
      const startedAt = performance.now()
      await call('POST', '/auth/login', { email: kind === 'known' ? owner.email : `nobody${round}@example.test`, password: wrong })
      times[kind].push(performance.now() - startedAt)
    }
  }
  expect(takeTheSameTime(times.known, times.unknown)).toBe(true)
})

test('the right password for an address that is not proved is told so, and the mail goes out again', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = { email: 'waiting@example.test', password: 'orchard lantern 57 quartz' }
  await visitor(app)('POST', '/auth/register', { ...person, name: 'W' })
  const answer = await visitor(app)('POST', '/auth/login', person)
  expect(refusal(answer)).toMatchObject({ status: 403, code: 'auth.email_unverified' })
  expect(await mailsTo(app, person.email)).toHaveLength(2)
})

test('every attempt is on record, with its outcome, address and device', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  const call = visitor(app, '192.0.2.7')
  await call('POST', '/auth/login', { email: owner.email, password: wrong }, { 'user-agent': 'Attacker/1' })
  await call('POST', '/auth/login', { email: owner.email, password: owner.password }, { 'user-agent': 'Own/2' })
  await call('POST', '/auth/login', { email: 'nobody@example.test', password: wrong })
  const events = await inSystem(app.services, (em) => em.find(LoginEvent, { ipAddress: '192.0.2.7' }, { orderBy: { id: 'asc' } }))
  expect(events.map(({ outcome, reason, userId, userAgent }) => ({ outcome, reason, userId, userAgent }))).toEqual([
    { outcome: 'failure', reason: 'wrong_password', userId: owner.userId, userAgent: 'Attacker/1' },
    { outcome: 'success', reason: null, userId: owner.userId, userAgent: 'Own/2' },
    { outcome: 'failure', reason: 'wrong_password', userId: null, userAgent: expect.any(String) },
  ])
  expect(JSON.stringify(events)).not.toContain('nobody@example.test')
})

test('guessing one account from one address ends after twenty, also when all guesses come at once', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  const outcomes = await guess(app, owner.email, Array(60).fill('203.0.113.9'))
  expect(outcomes.filter((code) => code === 'auth.invalid_credentials').length).toBeLessThanOrEqual(20)
  expect(new Set(outcomes)).toEqual(new Set(['auth.invalid_credentials', 'rate.limited']))
})

test('a stranger with a thousand addresses gets at most a hundred guesses, and the owner still comes in from where they were before', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  const home = '198.51.100.20'
  const signIn = (address: string) => visitor(app, address)('POST', '/auth/login', { email: owner.email, password: owner.password })
  expect((await signIn(home)).status).toBe(200)
  const outcomes: string[] = []
  for (let batch = 0; batch < 4; batch++) {
    outcomes.push(
      ...(await guess(
        app,
        owner.email,
        Array.from({ length: 40 }, (_, index) => `172.16.${batch}.${index}`),
      )),
    )
  }
  for (let last = ''; last !== 'rate.limited'; outcomes.push(last))
    [last = ''] = await guess(app, owner.email, [`172.17.${outcomes.length >> 8}.${outcomes.length & 255}`])
  expect(outcomes.filter((code) => code === 'auth.invalid_credentials')).toHaveLength(100)
  expect((await signIn('192.0.2.200')).status).toBe(429)
  expect((await signIn(home)).status).toBe(200)
})

test('the brake lets go by itself', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const owner = await app.person()
  for (let guesses = 0; guesses < 20; guesses++) await guess(app, owner.email, ['203.0.113.9'])
  const tooEarly = await visitor(app, '203.0.113.9')('POST', '/auth/login', { email: owner.email, password: owner.password })
  expect(tooEarly.status).toBe(429)
  expect(Number(tooEarly.headers.get('retry-after'))).toBeGreaterThan(800)
  clock.advance(15 * 60_000 + 1)
  expect((await visitor(app, '203.0.113.9')('POST', '/auth/login', { email: owner.email, password: owner.password })).status).toBe(
    200,
  )
})

test('addresses of one IPv6 line share a brake, however they are written', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  const outcomes = await guess(
    app,
    owner.email,
    Array.from({ length: 40 }, (_, index) =>
      index % 2 ? `2001:db8:0:7::${index.toString(16)}` : `2001:0DB8:0000:0007:${index}:0:0:1`,
    ),
  )
  expect(outcomes.filter((code) => code === 'auth.invalid_credentials').length).toBeLessThanOrEqual(20)
})

test('a suspended person is told so only after the right password, and gets no session', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  await inSystemTransaction(app.services, async ({ em }) => {
    await em.nativeUpdate(User, { id: owner.userId }, { status: 'suspended' })
    announceChange(em, 'user', owner.userId)
  })
  const login = (password: string) => visitor(app)('POST', '/auth/login', { email: owner.email, password })
  expect(refusal(await login(wrong))).toMatchObject({ code: 'auth.invalid_credentials' })
  expect(refusal(await login(owner.password))).toMatchObject({ status: 403, code: 'auth.user_suspended' })
  expect(refusal(await owner.call('GET', '/users/me'))).toMatchObject({ status: 403, code: 'auth.user_suspended' })
  expect(refusal(await app.call('POST', '/auth/refresh', { refreshToken: owner.refreshToken }))).toMatchObject({
    code: 'auth.user_suspended',
  })
  const { rows } = await app.services.pool.query<{ count: number }>('select count(*)::int from session where user_id = $1', [
    owner.userId,
  ])
  expect(rows[0]?.count).toBe(1)
})

test('the answer to a sign-in is the contract: tokens, person and tenants, and no cookie', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person('Ada')
  const answer = await visitor(app)('POST', '/auth/login', { email: owner.email.toUpperCase(), password: owner.password })
  const body = answer.body as SignedIn
  expect(Object.keys(body).sort()).toEqual(['accessToken', 'accessTokenExpiresIn', 'refreshToken', 'tenants', 'user'])
  expect(body).toMatchObject({
    accessTokenExpiresIn: 900,
    user: { email: owner.email, name: 'Ada' },
    tenants: [{ id: owner.tenantId, role: 'owner' }],
  })
  expect(answer.headers.get('set-cookie')).toBe(null)
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

async function guess(app: TestApp, email: string, addresses: string[]): Promise<string[]> {
  return Promise.all(
    addresses.map(async (address, index) => {
      const { body } = await visitor(app, address)('POST', '/auth/login', { email, password: `guess number ${index}` })
      return (body as { code: string }).code
    }),
  )
}
