import type { SessionView, SignedIn } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { behindProxy, mailsTo, refusal, tokenIn, visitor } from '../testing/visitor.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

async function signInFrom(app: TestApp, { email, password }: TestPerson, address: string, userAgent: string) {
  const answer = await visitor(app, address)('POST', '/auth/login', { email, password }, { 'user-agent': userAgent })
  const { accessToken, refreshToken } = answer.body as SignedIn
  const headers = { authorization: `Bearer ${accessToken}` }
  return { call: callerOf(app.url, headers), headers, refreshToken }
}

const sessionsOf = async ({ call }: Pick<TestPerson, 'call'>) =>
  ((await call('GET', '/users/me/sessions')).body as { sessions: SessionView[] }).sessions

test('a person sees where they are signed in, with what, when last, and which one this is; nobody else’s', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const [person, stranger] = [await app.person(), await app.person()]
  const phone = await signInFrom(app, person, '10.20.0.7', IPHONE)
  clock.advance(600_000)
  expect((await phone.call('GET', '/users/me')).status).toBe(200)
  const seen = () => sessionsOf(phone)
  await expect.poll(async () => (await seen())[0]?.lastSeenAt).toBe('2026-11-23T10:10:00.000Z')
  expect((await seen())[0]).toMatchObject({
    device: { program: 'Safari', system: 'iOS' },
    address: '10.20.0.7',
    createdAt: '2026-11-23T10:00:00.000Z',
    current: true,
  })
  expect(await seen()).toHaveLength(2)
  expect((await sessionsOf(person)).filter(({ current }) => current)).toHaveLength(1)
  expect(JSON.stringify(await sessionsOf(stranger))).not.toContain((await seen())[0]!.id)
})

test('a session that is ended is soon refused on every node, with its refresh token', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  const phone = await signInFrom(app, person, '10.20.0.7', IPHONE)
  const there = callerOf(second.url, phone.headers)
  expect((await there('GET', '/users/me')).status).toBe(200)
  const other = (await sessionsOf(person)).find(({ current }) => !current)!
  expect((await person.call('DELETE', `/users/me/sessions/${other.id}`)).status).toBe(200)
  expect((await phone.call('GET', '/users/me')).status).toBe(401)
  await expect.poll(async () => (await there('GET', '/users/me')).status, { timeout: 15_000, interval: 50 }).toBe(401)
  expect((await visitor(app)('POST', '/auth/refresh', { refreshToken: phone.refreshToken })).status).toBe(401)
  const again = await person.call('DELETE', `/users/me/sessions/${other.id}`)
  expect(refusal(again)).toMatchObject({ status: 404, code: 'session.not_found' })
})

test('a session of somebody else is answered like one that never was, and stays', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const [person, stranger] = [await app.person(), await app.person()]
  const [theirs] = await sessionsOf(stranger)
  const answer = await person.call('DELETE', `/users/me/sessions/${theirs!.id}`)
  const made_up = await person.call('DELETE', '/users/me/sessions/ses_00000000000000000000000000')
  expect(refusal(answer)).toEqual(refusal(made_up))
  expect((await stranger.call('GET', '/users/me')).status).toBe(200)
})

test('all others end at once, on every node; this one goes on', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  const others = [await signInFrom(app, person, '10.20.0.7', IPHONE), await signInFrom(app, person, '10.20.0.8', FIREFOX)]
  const calls = others.flatMap(({ call, headers }) => [call, callerOf(second.url, headers)])
  const statuses = () => Promise.all(calls.map(async (call) => (await call('GET', '/users/me')).status))
  expect(await statuses()).toEqual([200, 200, 200, 200])
  expect((await person.call('DELETE', '/users/me/sessions')).body).toEqual({ ended: 2 })
  await expect.poll(statuses, { timeout: 15_000, interval: 50 }).toEqual([401, 401, 401, 401])
  expect(await sessionsOf(person)).toHaveLength(1)
  expect((await visitor(app)('POST', '/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(200)
})

test('the history holds every attempt, with its outcome, reason, address and device, in pages; nobody else’s', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const [person, stranger] = [await app.person(), await app.person()]
  await signInFrom(app, person, '10.20.0.7', IPHONE)
  const wrong = { email: person.email, password: 'not the password at all' }
  await visitor(app, '10.66.0.1')('POST', '/auth/login', wrong, { 'user-agent': 'curl/8.5.0' })
  const page = async (query: string) =>
    (await person.call('GET', `/users/me/login-history?${query}`)).body as {
      rows: Record<string, unknown>[]
      nextCursor: string | null
    }
  const { rows, nextCursor } = await page('limit=2')
  expect(rows).toMatchObject([
    {
      method: 'password',
      outcome: 'failure',
      reason: 'wrong_password',
      address: '10.66.0.1',
      device: { program: 'curl', system: null },
    },
    { method: 'password', outcome: 'success', reason: null, address: '10.20.0.7', device: { program: 'Safari', system: 'iOS' } },
  ])
  const rest = await page(`limit=2&cursor=${nextCursor}`)
  expect(rest).toMatchObject({ rows: [{ outcome: 'success' }], nextCursor: null })
  expect((await stranger.call('GET', '/users/me/login-history')).body).toMatchObject({ rows: [{ outcome: 'success' }] })
  expect((await person.call('GET', '/users/me/login-history?cursor=x')).status).toBe(400)
})

test('a sign-in from a new device or network is told once, with a link that ends it and asks for a new password', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const told = async () => (await mailsTo(app, person.email)).filter(({ subject }) => subject === 'New sign-in to your account')
  expect(await told()).toHaveLength(0)
  const thief = await signInFrom(app, person, '203.0.113.9', FIREFOX)
  const [mail, ...more] = await told()
  expect(more).toEqual([])
  expect(mail?.text).toContain('with Firefox (Linux), from 203.0.113.9')
  await signInFrom(app, person, '203.0.200.1', FIREFOX)
  expect(await told()).toHaveLength(1)

  const answers = await Promise.all(
    Array.from({ length: 50 }, () => visitor(app)('POST', '/auth/not-me', { token: tokenIn(mail!) })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect((await thief.call('GET', '/users/me')).status).toBe(401)
  expect((await visitor(app)('POST', '/auth/refresh', { refreshToken: thief.refreshToken })).status).toBe(401)
  expect((await person.call('GET', '/users/me')).status).toBe(200)
  const reset = (await mailsTo(app, person.email)).filter(({ subject }) => subject === 'Choose a new password')
  expect(reset).toHaveLength(1)
})

test('who has turned these mails off gets none', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  await person.call('PUT', '/users/me/preferences', { notifications: { newSignIn: false } })
  await signInFrom(app, person, '203.0.113.9', FIREFOX)
  expect((await mailsTo(app, person.email)).map(({ subject }) => subject)).not.toContain('New sign-in to your account')
})
