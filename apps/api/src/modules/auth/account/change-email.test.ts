import { User } from '@tollkeeper/db'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { behindProxy, mailsTo, refusal, tokenIn, visitor } from '../testing/visitor.ts'

const ask = ({ call, password }: TestPerson, email: string) => call('PUT', '/users/me/email', { email, password })
const newestTo = async (app: TestApp, address: string) => (await mailsTo(app, address))[0]!
const confirm = (app: Pick<TestApp, 'url'>, token: string) => visitor(app)('POST', '/auth/confirm-email', { token })

test('the address changes when the new one is proved, and not before; the session that asked goes on, others end', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const login = (email: string) => visitor(app)('POST', '/auth/login', { email, password: person.password })
  const other = (await login(person.email)).body as { accessToken: string }
  expect(await ask(person, 'Ada.New@example.test')).toMatchObject({ status: 202, body: { status: 'check_your_mail' } })
  expect((await person.call('GET', '/users/me/account')).body).toMatchObject({ pendingEmail: 'ada.new@example.test' })
  expect((await person.call('GET', '/users/me')).body).toMatchObject({ user: { email: person.email } })

  const proof = await newestTo(app, 'ada.new@example.test')
  expect(proof.text).toContain(`${app.services.publicUrl}/confirm-email?token=`)
  expect(await confirm(app, tokenIn(proof))).toMatchObject({ status: 200, body: { email: 'ada.new@example.test' } })
  expect((await person.call('GET', '/users/me')).body).toMatchObject({
    user: { email: 'ada.new@example.test', emailVerified: true },
  })
  expect((await visitor(app)('POST', '/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(200)
  expect((await callerOf(app.url, { authorization: `Bearer ${other.accessToken}` })('GET', '/users/me')).status).toBe(401)
  expect([(await login(person.email)).status, (await login('ada.new@example.test')).status]).toEqual([401, 200])
  const told = (await mailsTo(app, person.email)).map(({ subject }) => subject)
  expect(told).toEqual(expect.arrayContaining(['Your account has another address now', 'Your address is about to change']))
})

test('the old address stops it: the proof is dead, every session ends, a link for a new password comes', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  await ask(person, 'thief@example.test')
  const notice = await newestTo(app, person.email)
  const proof = tokenIn(await newestTo(app, 'thief@example.test'))
  expect((await visitor(app)('POST', '/auth/cancel-email-change', { token: tokenIn(notice) })).status).toBe(200)
  expect(refusal(await confirm(app, proof))).toMatchObject({ status: 401, code: 'auth.link_invalid' })
  expect((await person.call('GET', '/users/me')).status).toBe(401)
  expect((await newestTo(app, person.email)).subject).toBe('Choose a new password')
})

test('a reset link that was mailed to the old address is dead once the address has changed', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  await ask(person, 'moved@example.test')
  await visitor(app)('POST', '/auth/forgot-password', { email: person.email })
  const reset = tokenIn(await newestTo(app, person.email))
  await confirm(app, tokenIn(await newestTo(app, 'moved@example.test')))
  const answer = await visitor(app)('POST', '/auth/reset-password', { token: reset, password: 'another orchard lantern 58' })
  expect(refusal(answer)).toMatchObject({ code: 'auth.link_invalid' })
})

test('whether the new address is taken is told to that address alone', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const [person, owner] = [await app.person(), await app.person()]
  const [taken, free] = [await ask(person, owner.email), await ask(person, 'free@example.test')]
  expect({ status: taken.status, body: taken.body }).toEqual({ status: free.status, body: free.body })
  expect((await newestTo(app, owner.email)).subject).toBe('You already have an account')
  expect(refusal(await ask(person, person.email.toUpperCase()))).toMatchObject({ status: 400, faults: [{ path: 'email' }] })
  const wrong = await person.call('PUT', '/users/me/email', { email: 'free@example.test', password: 'not the password' })
  expect(refusal(wrong)).toMatchObject({ status: 403, code: 'auth.password_wrong', faults: [{ path: 'password' }] })
})

test('of five people who prove one address at once, and a registration of it, one gets it', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const wanted = 'wanted@example.test'
  const people = await Promise.all(Array.from({ length: 5 }, (_, index) => app.person(`Person ${index}`)))
  const home = visitor(app)
  await home('POST', '/auth/register', { email: wanted, password: 'orchard lantern 57 quartz', name: 'New' })
  const registration = tokenIn(await newestTo(app, wanted))
  const tokens: string[] = []
  for (const person of people) {
    await ask(person, wanted)
    tokens.push(tokenIn(await newestTo(app, wanted)))
  }
  const answers = await Promise.all([
    home('GET', `/auth/verify-email?token=${registration}`),
    ...tokens.map((token) => confirm(app, token)),
  ])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  expect(await inSystem(app.services, (em) => em.count(User, { email: wanted }))).toBe(1)
})

test('fifty proofs with one link at once, on two nodes, change the address once; it lives for a day and the newest counts', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  await ask(person, 'first@example.test')
  const older = tokenIn(await newestTo(app, 'first@example.test'))
  await ask(person, 'second@example.test')
  const token = tokenIn(await newestTo(app, 'second@example.test'))
  expect(refusal(await confirm(app, older))).toMatchObject({ code: 'auth.link_invalid' })
  clock.advance(86_400_000)
  expect(refusal(await confirm(app, token))).toMatchObject({ code: 'auth.link_expired' })
  clock.advance(-1000)
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => confirm(index % 2 ? app : second, token)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect((await mailsTo(app, person.email)).filter(({ subject }) => subject.includes('another address'))).toHaveLength(1)
})
