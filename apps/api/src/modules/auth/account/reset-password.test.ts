import { Account, User } from '@tollkeeper/db'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { callerOf, startTestApp, type TestApp } from '../../../testing/index.ts'
import { behindProxy, linksIn, mailsTo, refusal, takeTheSameTime, tokenIn, visitor } from '../testing/visitor.ts'

const password = 'another orchard lantern 58'

async function askedToken(app: TestApp, email: string): Promise<string> {
  await visitor(app)('POST', '/auth/forgot-password', { email })
  return tokenIn((await mailsTo(app, email)).find(({ text }) => text.includes('/reset-password?'))!)
}

test('the answer is the same, in body and time, whether or not there is an account', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  const times = { known: [] as number[], unknown: [] as number[] }
  const answers = new Set<string>()
  for (let round = 0; round < 8; round++) {
    for (const [kind, email] of [['known', owner.email] as const, ['unknown', `nobody${round}@example.test`] as const]) {
      const startedAt = performance.now()
      const { status, body } = await visitor(app)('POST', '/auth/forgot-password', { email })
      times[kind].push(performance.now() - startedAt)
      answers.add(JSON.stringify({ status, body }))
    }
  }
  expect([...answers]).toEqual(['{"status":202,"body":{"status":"check_your_mail"}}'])
  expect(takeTheSameTime(times.known, times.unknown)).toBe(true)
  expect((await mailsTo(app, owner.email)).filter(({ subject }) => subject === 'Choose a new password')).toHaveLength(6)
  expect(await mailsTo(app, 'nobody0@example.test')).toEqual([])
})

test('a reset sets the password, ends every session and refresh token on every node, and tells the person', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  const there = callerOf(second.url, { authorization: `Bearer ${person.accessToken}` })
  expect((await there('GET', '/users/me')).status).toBe(200)
  const token = await askedToken(app, person.email)
  const answer = await visitor(app)('POST', '/auth/reset-password', { token, password })
  expect(answer).toMatchObject({ status: 200, body: { email: person.email } })

  expect((await person.call('GET', '/users/me')).status).toBe(401)
  await expect.poll(async () => (await there('GET', '/users/me')).status, { timeout: 15_000, interval: 50 }).toBe(401)
  const refreshed = await visitor(app)('POST', '/auth/refresh', { refreshToken: person.refreshToken })
  expect(refusal(refreshed)).toMatchObject({ status: 401, code: 'auth.session_ended' })
  const login = (with_: string) => visitor(app)('POST', '/auth/login', { email: person.email, password: with_ })
  expect([(await login(person.password)).status, (await login(password)).status]).toEqual([401, 200])
  expect((await mailsTo(app, person.email)).map(({ subject }) => subject)).toContain('Your password was changed')
})

test('fifty redemptions of one link at once, on two nodes, set one password', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  const token = await askedToken(app, person.email)
  const passwordOf = (index: number) => `${password} number ${index}`
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      visitor(index % 2 ? app : second)('POST', '/auth/reset-password', { token, password: passwordOf(index) }),
    ),
  )
  const won = answers.flatMap(({ status }, index) => (status === 200 ? [index] : []))
  expect(won).toHaveLength(1)
  expect(new Set(answers.filter(({ status }) => status !== 200).map((answer) => JSON.stringify(refusal(answer)))).size).toBe(1)
  const login = await visitor(app)('POST', '/auth/login', { email: person.email, password: passwordOf(won[0]!) })
  expect(login.status).toBe(200)
})

test('a link lives for an hour, and a newer one takes its place', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const person = await app.person()
  const older = await askedToken(app, person.email)
  clock.advance(1000)
  const token = await askedToken(app, person.email)
  const redeem = (with_: string) => visitor(app)('POST', '/auth/reset-password', { token: with_, password })
  expect(refusal(await redeem(older))).toMatchObject({ status: 401, code: 'auth.link_invalid' })
  clock.advance(3_600_000)
  expect(refusal(await redeem(token))).toMatchObject({ status: 401, code: 'auth.link_expired' })
  clock.advance(-1000)
  expect((await redeem(token)).status).toBe(200)
  expect(refusal(await redeem(token))).toMatchObject({ status: 401, code: 'auth.link_invalid' })
})

test('a password that is refused does not use the link up', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const token = await askedToken(app, person.email)
  const refused = await visitor(app)('POST', '/auth/reset-password', { token, password: '123456qwerty' })
  expect(refusal(refused)).toMatchObject({ status: 400, code: 'auth.password_refused', faults: [{ path: 'password' }] })
  expect((await visitor(app)('POST', '/auth/reset-password', { token, password })).status).toBe(200)
})

test('a link of one purpose opens nothing else', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const token = await askedToken(app, person.email)
  for (const path of ['/auth/confirm-email', '/auth/cancel-email-change', '/auth/not-me']) {
    expect(refusal(await visitor(app)('POST', path, { token }))).toMatchObject({ status: 401, code: 'auth.link_invalid' })
  }
  expect((await visitor(app)('GET', `/auth/verify-email?token=${token}`)).status).toBe(401)
  expect((await visitor(app)('POST', '/auth/reset-password', { token: person.refreshToken, password })).status).toBe(401)
  expect((await visitor(app)('POST', '/auth/reset-password', { token, password })).status).toBe(200)
})

test('a person who was suspended after asking cannot reset, and one who is suspended gets no mail', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const token = await askedToken(app, person.email)
  await app.services.pool.query(`update "user" set status = 'suspended' where id = $1`, [person.userId])
  expect(refusal(await visitor(app)('POST', '/auth/reset-password', { token, password }))).toMatchObject({
    code: 'auth.user_suspended',
  })
  const before = (await mailsTo(app, person.email)).length
  expect((await visitor(app)('POST', '/auth/forgot-password', { email: person.email })).status).toBe(202)
  expect(await mailsTo(app, person.email)).toHaveLength(before)
})

test('who has no password sets one by the mailed link; the way in they had stays', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  await inSystemTransaction(app.services, ({ em }) =>
    em.nativeUpdate(Account, { userId: person.userId }, { providerId: 'github', accountId: '4711', password: null }),
  )
  expect((await person.call('GET', '/users/me/account')).body).toMatchObject({ hasPassword: false })
  const change = { currentPassword: 'whatever it was', newPassword: password }
  expect(refusal(await person.call('PUT', '/users/me/password', change))).toMatchObject({ code: 'auth.password_missing' })
  const token = await askedToken(app, person.email)
  expect((await mailsTo(app, person.email))[0]?.subject).toBe('Set a password')
  expect((await visitor(app)('POST', '/auth/reset-password', { token, password })).status).toBe(200)
  expect((await visitor(app)('POST', '/auth/login', { email: person.email, password })).status).toBe(200)
  const providers = await inSystem(app.services, (em) => em.find(Account, { userId: person.userId }))
  expect(providers.map(({ providerId }) => providerId).sort()).toEqual(['credential', 'github'])
})

test('where the link is the first proof of the address, ways in that were tied to it before are gone', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  await inSystemTransaction(app.services, async ({ em, now }) => {
    await em.nativeUpdate(User, { id: person.userId }, { emailVerified: false })
    const strangers = { id: 'acc_stranger', userId: person.userId, providerId: 'github', accountId: '666' }
    em.create(Account, { ...strangers, createdAt: now, updatedAt: now })
  })
  const token = await askedToken(app, person.email)
  expect((await visitor(app)('POST', '/auth/reset-password', { token, password })).status).toBe(200)
  const { providers, user } = await inSystem(app.services, async (em) => ({
    providers: await em.find(Account, { userId: person.userId }),
    user: await em.findOneOrFail(User, { id: person.userId }),
  }))
  expect(providers.map(({ providerId }) => providerId)).toEqual(['credential'])
  expect(user.emailVerified).toBe(true)
})

test('a sign-in with the old password that is under way while it is reset leaves no session', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  for (let round = 0; round < 5; round++) {
    const old = round === 0 ? person.password : `${password} round ${round - 1}`
    const token = await askedToken(app, person.email)
    const signIns = Array.from({ length: 8 }, (_, index) =>
      visitor(index % 2 ? app : second)('POST', '/auth/login', { email: person.email, password: old }),
    )
    const reset = visitor(app)('POST', '/auth/reset-password', { token, password: `${password} round ${round}` })
    const answers = await Promise.all(signIns)
    expect((await reset).status).toBe(200)
    const { rows } = await app.services.pool.query<{ id: string }>('select id from session where user_id = $1', [person.userId])
    expect(rows, `after ${answers.map(({ status }) => status).join()}`).toEqual([])
  }
})

test('whatever a request says of its host, the link leads to the configured address', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  for (const headers of [
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { forwarded: 'host=evil.example;proto=https' },
    { origin: 'https://evil.example', referer: 'https://evil.example/' },
  ]) {
    const url = '/api/v1/auth/forgot-password'
    const answer = await app.server.app.inject({ method: 'POST', url, payload: { email: person.email }, headers })
    expect(answer.statusCode).toBe(202)
  }
  const mails = (await mailsTo(app, person.email)).filter(({ text }) => text.includes('/reset-password?'))
  expect(mails).toHaveLength(4)
  for (const { text, html } of mails) {
    const links = linksIn({ text, html })
    expect(links.filter((link) => new URL(link).origin !== app.services.publicUrl)).toEqual([])
  }
})
