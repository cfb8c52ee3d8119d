import type { SignedIn } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { type Call, callerOf, startTestApp } from '../../testing/index.ts'
import { behindProxy, mailsTo, refusal, visitor } from './testing/visitor.ts'

const refresh = (call: Call, refreshToken: string) => call('POST', '/auth/refresh', { refreshToken })
const pairOf = ({ body }: { body: unknown }) => body as SignedIn

test('fifty refreshes of one token at once, on two nodes, get one successor, and nobody is signed out', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => refresh(visitor(index % 2 ? app : second), person.refreshToken)),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200))
  const successors = new Set(answers.map((answer) => pairOf(answer).refreshToken))
  expect(successors.size).toBe(1)
  expect(successors.has(person.refreshToken)).toBe(false)
  const next = await refresh(visitor(app), [...successors][0]!)
  expect(next.status).toBe(200)
})

test('an answer that was lost can be asked for again for 30 seconds', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const person = await app.person()
  const first = pairOf(await refresh(visitor(app), person.refreshToken))
  clock.advance(30_000)
  expect(pairOf(await refresh(visitor(app), person.refreshToken)).refreshToken).toBe(first.refreshToken)
})

test('a token that turns up after its grace ends the whole sign-in on every node, and the person is told', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  const thief = pairOf(await refresh(visitor(app), person.refreshToken))
  const asThief = callerOf(second.url, { authorization: `Bearer ${thief.accessToken}` })
  expect((await asThief('GET', '/users/me')).status).toBe(200)
  clock.advance(30_001)

  expect(refusal(await refresh(visitor(app), person.refreshToken))).toMatchObject({ status: 401, code: 'auth.refresh_reused' })
  expect(refusal(await refresh(visitor(app), thief.refreshToken))).toMatchObject({ status: 401, code: 'auth.session_ended' })
  expect(refusal(await person.call('GET', '/users/me'))).toMatchObject({ status: 401, code: 'auth.session_ended' })
  await expect.poll(async () => (await asThief('GET', '/users/me')).status, { timeout: 15_000, interval: 50 }).toBe(401)

  await refresh(visitor(app), person.refreshToken)
  const mails = (await mailsTo(app, person.email)).filter(({ subject }) => subject === 'A sign-in of yours was ended')
  expect(mails).toHaveLength(1)
  expect(mails[0]!.text).not.toContain(person.refreshToken)
})

test('only one other sign-in of the person goes on: their families are apart', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const person = await app.person()
  const laptop = pairOf(await visitor(app)('POST', '/auth/login', { email: person.email, password: person.password }))
  await refresh(visitor(app), person.refreshToken)
  clock.advance(60_000)
  expect((await refresh(visitor(app), person.refreshToken)).status).toBe(401)
  expect((await refresh(visitor(app), laptop.refreshToken)).status).toBe(200)
})

test('a token two steps back is reuse, also within 30 seconds', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const second = pairOf(await refresh(visitor(app), person.refreshToken))
  await refresh(visitor(app), second.refreshToken)
  expect(refusal(await refresh(visitor(app), person.refreshToken))).toMatchObject({ code: 'auth.refresh_reused' })
})

test('signing out ends the refresh tokens of that session', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  expect((await person.call('POST', '/auth/logout')).status).toBe(200)
  expect(refusal(await refresh(visitor(app), person.refreshToken))).toMatchObject({ status: 401, code: 'auth.session_ended' })
  expect(refusal(await person.call('GET', '/users/me'))).toMatchObject({ status: 401, code: 'auth.session_ended' })
})

test('a refresh token ends with its session, after 30 days', async () => {
  const clock = manualClock('2026-11-01T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const person = await app.person()
  clock.advance(30 * 86_400_000 - 1000)
  const last = await refresh(visitor(app), person.refreshToken)
  expect(last.status).toBe(200)
  clock.advance(1001)
  expect(refusal(await refresh(visitor(app), pairOf(last).refreshToken))).toMatchObject({ code: 'auth.session_ended' })
})

test('tokens of another purpose are not refresh tokens', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const key = await app.key(person)
  for (const token of [person.accessToken, key.secret, 'tkr_', `${person.refreshToken}0`, person.userId]) {
    const answer = await refresh(visitor(app), token.slice(0, 512))
    expect(refusal(answer)).toMatchObject({ status: 401, code: 'auth.token_invalid' })
  }
})
