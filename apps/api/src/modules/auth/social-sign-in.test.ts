import { expect, test } from 'vitest'
import { type Clock, manualClock } from '../../kernel/clock.ts'
import { type Answer, callerOf, startTestApp, type TestApp } from '../../testing/index.ts'
import { type GithubPerson, startScriptedGithub } from './testing/scripted-github.ts'

type Github = Awaited<ReturnType<typeof startScriptedGithub>>

function start(github: Github, clock?: Clock): Promise<TestApp> {
  return startTestApp({
    ...(clock ? { clock } : {}),
    environment: { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret', GITHUB_BASE_URL: github.url },
  })
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
  const { state, cookie } = await goOut(app, github)
  return callerOf(app.url, { cookie })(
    'GET',
    `//api/auth/callback/github?code=${github.agree(person)}&state=${encodeURIComponent(tamper(state))}`,
  )
}

async function goOut(app: TestApp, github: Github, next = '/'): Promise<{ state: string; cookie: string }> {
  const out = await app.call('GET', `/auth/oauth/github/authorize?next=${encodeURIComponent(next)}`)
  expect(out.status).toBe(200)
  const authorization = new URL((out.body as { authorizationUrl: string }).authorizationUrl)
  expect(authorization.origin).toBe(github.url)
  expect(authorization.searchParams.get('code_challenge_method')).toBe('S256')
  expect(authorization.searchParams.get('redirect_uri')).toBe(`${app.services.publicUrl}/api/auth/callback/github`)
  const cookie = out.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return { state: authorization.searchParams.get('state')!, cookie }
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
  expect(tampered.headers.get('location')).toBe(`${app.services.publicUrl}/sign-in?error=auth.provider_state`)
  const { state } = await goOut(app, github)
  const { cookie: ofAnother } = await goOut(app, github)
  for (const cookie of ['', ofAnother]) {
    const code = github.agree(octocat('octo@example.test'))
    const other = await callerOf(app.url, { cookie })('GET', `//api/auth/callback/github?code=${code}&state=${state}`)
    expect(sessionOf(other)).toBe(undefined)
  }
})

test('a way back works once, for ten minutes', async () => {
  const clock = manualClock('2026-11-01T10:00:00Z')
  await using github = await startScriptedGithub()
  await using app = await start(github, clock)
  const { state, cookie } = await goOut(app, github)
  const come = (way = state) =>
    callerOf(app.url, { cookie })(
      'GET',
      `//api/auth/callback/github?code=${github.agree(octocat('octo@example.test'))}&state=${way}`,
    )
  expect(sessionOf(await come())).not.toBe(undefined)
  expect(sessionOf(await come())).toBe(undefined)
  const late = await goOut(app, github)
  clock.advance(600_000)
  expect(
    sessionOf(
      await callerOf(app.url, { cookie: late.cookie })(
        'GET',
        `//api/auth/callback/github?code=${github.agree(octocat('octo@example.test'))}&state=${late.state}`,
      ),
    ),
  ).toBe(undefined)
})

test('what GitHub gave is not stored', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  await signInWithGithub(app, github, octocat('octo@example.test'))
  const { rows } = await app.services.pool.query(
    `select access_token, refresh_token, id_token from account where provider_id = 'github'`,
  )
  expect(rows).toEqual([{ access_token: null, refresh_token: null, id_token: null }])
})

test('after signing in, a browser is sent to pages of this server only', async () => {
  await using github = await startScriptedGithub()
  await using app = await start(github)
  for (const next of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    `${app.services.publicUrl}.evil.example/`,
    '/%5cevil.example',
    'http:evil.example',
  ]) {
    const answer = await app.call('GET', `/auth/oauth/github/authorize?next=${encodeURIComponent(next)}`)
    expect({ next, status: answer.status }).toEqual({ next, status: 400 })
  }
  const { state, cookie } = await goOut(app, github, '/keys?issue=1')
  const back = await callerOf(app.url, { cookie })(
    'GET',
    `//api/auth/callback/github?code=${github.agree(octocat('octo@example.test'))}&state=${state}`,
  )
  expect(back.headers.get('location')).toBe(`${app.services.publicUrl}/keys?issue=1`)
})
