import { Account, Session } from '@tollkeeper/db'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { callerOf, startTestApp, type TestApp } from '../../../testing/index.ts'
import { comeBackWith, cookiesOf, linkProvider, visitProvider, wayOutOf } from '../testing/provider-visit.ts'
import { type ScriptedProviders, startScriptedProviders } from '../testing/scripted-providers.ts'
import { mailsTo, refusal } from '../testing/visitor.ts'

let providers: ScriptedProviders
let app: TestApp
beforeAll(async () => {
  providers = await startScriptedProviders()
  app = await startTestApp({ environment: providers.environment })
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await providers[Symbol.asyncDispose]()
})

let people = 0
const newAddress = () => `linking${++people}@example.test`
const atGithub = (email: string, { verified = true, id = ++people } = {}) =>
  providers.github.agree({ id, login: 'octocat', emails: [{ email, primary: true, verified }] })
const atGoogle = (email: unknown, email_verified: unknown = true, sub = `sub${++people}`) =>
  providers.google.agree({ sub, email, email_verified, name: 'Gloria' })
const accountsOf = (userId: string) =>
  inSystem(app.services, async (em) => (await em.find(Account, { userId })).map(({ providerId }) => providerId).sort())
const callOf = (cookie: string) => callerOf(app.url, { cookie, origin: app.services.publicUrl })
const errorOf = (answer: { headers: Headers }) => new URL(answer.headers.get('location')!).searchParams.get('error')

/** Somebody who came by both providers, and has nothing else. */
async function personOfBoth() {
  const email = newAddress()
  const call = callOf(cookiesOf(await visitProvider(app, 'github', atGithub(email))))
  await visitProvider(app, 'google', atGoogle(email))
  const { body } = await call('GET', '/users/me')
  return { email, call, userId: (body as { user: { id: string } }).user.id }
}

test('GitHub and Google open one account where both proved the same address', async () => {
  const { email, userId } = await personOfBoth()
  expect(await accountsOf(userId)).toEqual(['github', 'google'])
  const { rows } = await app.services.pool.query('select 1 from "user" where email = $1', [email])
  expect(rows).toHaveLength(1)
})

test('an account is linked from the account page, shown there, and the person is told', async () => {
  const person = await app.person()
  const back = await linkProvider(app, 'google', atGoogle(person.email), person.call)
  expect(back.headers.get('location')).toBe(`${app.services.publicUrl}/account/security`)
  expect((await person.call('GET', '/auth/oauth/accounts')).body).toMatchObject({
    accounts: [{ provider: 'google' }],
    providers: ['github', 'google'],
  })
  expect((await mailsTo(app, person.email)).map(({ subject }) => subject)).toContain('There is a new way into your account')
})

test('nothing is linked that the other side did not prove, that has another address, or that is somebody else’s', async () => {
  const [person, other] = [await app.person(), await app.person()]
  const taken = ++people
  await linkProvider(app, 'github', atGithub(other.email, { id: taken }), other.call)
  const attempts: [code: string, error: string][] = [
    [atGithub(person.email, { verified: false }), 'auth.provider_unverified'],
    [atGithub(newAddress()), 'auth.provider_other_address'],
    [atGithub(person.email, { id: taken }), 'auth.provider_taken'],
  ]
  for (const [code, error] of attempts) {
    expect(errorOf(await linkProvider(app, 'github', code, person.call))).toBe(error)
  }
  expect(await accountsOf(person.userId)).toEqual(['credential'])
})

test('a way out to link an account is worth nothing once the session it began in has ended', async () => {
  const person = await app.person()
  const way = wayOutOf(await person.call('POST', '/auth/oauth/accounts/github'))
  await inSystemTransaction(app.services, ({ em }) => em.nativeDelete(Session, { userId: person.userId }))
  expect(errorOf(await comeBackWith(app, 'github', atGithub(person.email), way))).toBe('auth.session_ended')
  expect(await accountsOf(person.userId)).toEqual(['credential'])
})

test('what went out to one provider does not come back from another', async () => {
  const person = await app.person()
  for (const [out, back] of [['github', 'google'] as const, ['google', 'github'] as const]) {
    const way = wayOutOf(await app.call('GET', `/auth/oauth/${out}/authorize`))
    const code = back === 'github' ? atGithub(person.email) : atGoogle(person.email)
    expect(errorOf(await comeBackWith(app, back, code, way))).toBe('auth.provider_state')
  }
  expect(await accountsOf(person.userId)).toEqual(['credential'])
})

test('an account is unlinked, but not the last way in: a mail does not count as one', async () => {
  const { call, userId } = await personOfBoth()
  expect((await call('DELETE', '/auth/oauth/accounts/google')).status).toBe(200)
  expect(refusal(await call('DELETE', '/auth/oauth/accounts/google'))).toMatchObject({
    status: 404,
    code: 'auth.provider_not_tied',
  })
  expect(refusal(await call('DELETE', '/auth/oauth/accounts/github'))).toMatchObject({ status: 409, code: 'auth.last_way_in' })
  expect((await call('POST', '/users/me/password', { newPassword: 'orchard lantern 57 quartz' })).status).toBe(200)
  expect((await call('DELETE', '/auth/oauth/accounts/github')).status).toBe(200)
  expect(await accountsOf(userId)).toEqual(['credential'])
})

test('of two last ways in that are taken away at once, one stays', async () => {
  const { call, userId } = await personOfBoth()
  const answers = await Promise.all(['github', 'google'].map((name) => call('DELETE', `/auth/oauth/accounts/${name}`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await accountsOf(userId)).toHaveLength(1)
})

test('a first password is set once, lets in, and is told by mail; who has one is told to change it', async () => {
  const { call, email } = await personOfBoth()
  const password = 'orchard lantern 57 quartz'
  expect((await call('POST', '/users/me/password', { newPassword: 'short' })).status).toBe(400)
  expect((await call('POST', '/users/me/password', { newPassword: password })).status).toBe(200)
  expect((await app.call('POST', '/auth/login', { email, password })).status).toBe(200)
  expect(refusal(await call('POST', '/users/me/password', { newPassword: password }))).toMatchObject({
    status: 409,
    code: 'auth.password_set',
  })
})

test('no claim of a provider opens an account, but that the address is proved and plainly so', async () => {
  const victim = await app.person()
  const spelled = fc.constantFrom(victim.email, victim.email.toUpperCase(), ` ${victim.email} `)
  const notProved = fc.oneof(fc.constantFrom<unknown>(false, null, 'true', 'false', 1, 0, {}, [true]), fc.string())
  const noAddress = fc.oneof(
    fc.constantFrom<unknown>(null, undefined, 7, true, {}, [], [victim.email], { email: victim.email }, '', '@', 'ada'),
    fc.constant(`${victim.email}\0`),
    fc.constant(`${victim.email}, other@example.test`),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.tuple(spelled, notProved), fc.tuple(noAddress, fc.oneof(fc.constant(true), notProved))),
      async ([email, verified]) => {
        const answer = await visitProvider(app, 'google', atGoogle(email, verified))
        expect(errorOf(answer)).toMatch(/^auth\.provider_(unverified|failed)$/)
        expect(cookiesOf(answer)).not.toContain('session')
      },
    ),
    { numRuns: 60 },
  )
  expect(await accountsOf(victim.userId)).toEqual(['credential'])
})

test('a failure at a provider stands in the history of whose address it was, with why', async () => {
  const person = await app.person()
  await visitProvider(app, 'github', atGithub(person.email, { verified: false }))
  const { body } = await person.call('GET', '/users/me/login-history')
  expect((body as { rows: unknown[] }).rows[0]).toMatchObject({ method: 'github', outcome: 'failure', reason: 'unverified_there' })
})
