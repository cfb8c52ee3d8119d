import { expect, test } from 'vitest'
import { type Answer, callerOf, startTestApp, type TestApp } from '../../testing/index.ts'
import { type GithubPerson, startScriptedGithub } from './testing/scripted-github.ts'

type Github = Awaited<ReturnType<typeof startScriptedGithub>>

function start(github: Github): Promise<TestApp> {
  return startTestApp({ environment: { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret', GITHUB_BASE_URL: github.url } })
}

function octocat(email: string, verified = true, id = 583231): GithubPerson {
  return { id, login: 'octocat', emails: [{ email, primary: true, verified }] }
}

/** Goes out to GitHub and comes back, as a browser does. */
async function signInWithGithub(
  app: TestApp,
  github: Github,
  person: GithubPerson,
  tamper: (state: string) => string = (state) => state,
): Promise<Answer> {
  const page = callerOf(app.url, { origin: app.services.publicUrl })
  const out = await page('POST', '//api/auth/sign-in/social', { provider: 'github', callbackURL: '/' })
  expect(out.status).toBe(200)
  const authorization = new URL((out.body as { url: string }).url)
  expect(authorization.origin).toBe(github.url)
  expect(authorization.searchParams.get('code_challenge_method')).toBe('S256')
  expect(authorization.searchParams.get('redirect_uri')).toBe(`${app.services.publicUrl}/api/auth/callback/github`)
  const cookie = out.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const state = tamper(authorization.searchParams.get('state')!)
  return callerOf(app.url, { cookie })(
    'GET',
    `//api/auth/callback/github?code=${github.agree(person)}&state=${encodeURIComponent(state)}`,
  )
}

const sessionOf = ({ headers }: Answer) =>
  headers
    .getSetCookie()
    .find((line) => line.startsWith('tollkeeper.session='))
    ?.split(';')[0]
const whoIs = async (app: TestApp, answer: Answer) =>
  (await callerOf(app.url, { cookie: sessionOf(answer)! })('GET', '/users/me')).body

test('a person comes in by GitHub, with the address it proved and a tenant of their own', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  const answer = await signInWithGithub(app, github, octocat('octo@example.test'))
  expect(answer.status).toBe(302)
  expect(await whoIs(app, answer)).toMatchObject({
    user: { email: 'octo@example.test', emailVerified: true, name: 'octocat' },
    tenants: [{ role: 'owner' }],
  })
  const again = await signInWithGithub(app, github, octocat('octo@example.test'))
  expect(await whoIs(app, again)).toEqual(await whoIs(app, answer))
  const { rows } = await app.services.pool.query(`select method, outcome from login_event where method = 'github'`)
  expect(rows).toEqual(Array(2).fill({ method: 'github', outcome: 'success' }))
})

test('GitHub is linked to the account with the same address when both sides proved it', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  const person = await app.person()
  expect(await whoIs(app, await signInWithGithub(app, github, octocat(person.email)))).toMatchObject({
    user: { id: person.userId },
  })
})

test('an address GitHub did not prove opens nothing: neither a new account nor one of that address', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  const person = await app.person()
  for (const email of [person.email, 'new@example.test']) {
    const answer = await signInWithGithub(app, github, octocat(email, false))
    expect(sessionOf(answer)).toBe(undefined)
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${app.services.publicUrl}/sign-in\\?error=`))
  }
  const { rows } = await app.services.pool.query(
    `select 1 from "user" where email = 'new@example.test' union all select 1 from account where provider_id = 'github'`,
  )
  expect(rows).toEqual([])
})

test('an attacker who registered the address first has nothing once the owner came in by GitHub', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  const email = 'owner@example.test'
  await app.call('POST', '/auth/register', { email, password: 'attackers own secret 99', name: 'Eve' })
  await signInWithGithub(app, github, octocat(email))
  expect((await app.call('POST', '/auth/login', { email, password: 'attackers own secret 99' })).status).toBe(401)
})

test('a callback with a state of nobody, or without the cookie of the browser that went out, lets nobody in', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  const tampered = await signInWithGithub(app, github, octocat('octo@example.test'), (state) => `${state}x`)
  expect(sessionOf(tampered)).toBe(undefined)
  const page = callerOf(app.url, { origin: app.services.publicUrl })
  const out = await page('POST', '//api/auth/sign-in/social', { provider: 'github', callbackURL: '/' })
  const state = new URL((out.body as { url: string }).url).searchParams.get('state')
  const other = await app.call(
    'GET',
    `//api/auth/callback/github?code=${github.agree(octocat('octo@example.test'))}&state=${state}`,
  )
  expect(sessionOf(other)).toBe(undefined)
})

test('what GitHub gave is not stored in clear', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  await signInWithGithub(app, github, octocat('octo@example.test'))
  const { rows } = await app.services.pool.query<{ access_token: string; id_token: null }>(
    `select access_token, id_token from account where provider_id = 'github'`,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]!.access_token).not.toContain('token of')
  expect(rows[0]!.id_token).toBe(null)
})

test('after signing in, a browser is sent to pages of this server only', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  const page = callerOf(app.url, { origin: app.services.publicUrl })
  for (const callbackURL of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    `${app.services.publicUrl}.evil.example/`,
    '/%5cevil.example',
    'http:evil.example',
  ]) {
    const answer = await page('POST', '//api/auth/sign-in/social', { provider: 'github', callbackURL })
    expect({ callbackURL, status: answer.status }).toEqual({ callbackURL, status: 400 })
  }
})

test('nobody comes in by an id token from elsewhere, nor adds scopes or data of their own to what a provider is asked', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  const page = callerOf(app.url, { origin: app.services.publicUrl })
  for (const extra of [
    { idToken: { token: 'x.y.z' } },
    { scopes: ['repo'] },
    { additionalData: { userId: 'x' } },
    { requestSignUp: true },
  ]) {
    const answer = await page('POST', '//api/auth/sign-in/social', { provider: 'github', callbackURL: '/', ...extra })
    expect(answer.status).toBe(400)
    expect(answer.headers.getSetCookie()).toEqual([])
  }
})
