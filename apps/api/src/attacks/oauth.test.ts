import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GithubPerson, startScriptedGithub } from '../modules/auth/testing/scripted-github.ts'
import { type Answer, callerOf, startTestApp, type TestApp } from '../testing/index.ts'

type Github = Awaited<ReturnType<typeof startScriptedGithub>>
let github: Github
let app: TestApp
beforeAll(async () => {
  github = await startScriptedGithub()
  app = await startAt(github.url)
}, 120_000)
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
})

function startAt(url: string): Promise<TestApp> {
  return startTestApp({ environment: { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret', GITHUB_BASE_URL: url } })
}

const octocat = (email: unknown, { verified = true as unknown, id = 583231 } = {}): GithubPerson => ({
  id,
  login: `octocat${id}`,
  emails: [{ email, primary: true, verified } as never],
})

interface Trip {
  cookie: string
  state: string
  verifier: string | null
}

/** What a browser has once it was sent out to the provider. */
async function goOut(at: TestApp = app): Promise<Trip> {
  const out = await at.call('GET', '/auth/oauth/github/authorize')
  const { searchParams } = new URL((out.body as { authorizationUrl: string }).authorizationUrl)
  const cookie = out.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return { cookie, state: searchParams.get('state')!, verifier: searchParams.get('code_challenge') }
}

function comeBack(
  query: Record<string, string>,
  cookie: string | null,
  at: Pick<TestApp, 'url'> = app,
  provider = 'github',
): Promise<Answer> {
  const headers: Record<string, string> = cookie ? { cookie } : {}
  return callerOf(at.url, headers)('GET', `//api/auth/callback/${provider}?${new URLSearchParams(query)}`)
}

const letIn = ({ headers }: Answer) => headers.getSetCookie().some((line) => /^tollkeeper\.session=[^;]/.test(line))

test('each thing a callback needs, left out, replayed, or of another browser or provider, lets nobody in', async () => {
  const whole = await goOut()
  const other = await goOut()
  const code = () => github.agree(octocat('octo@example.test'))
  const attempts: Record<string, Promise<Answer>> = {
    'no code': comeBack({ state: whole.state }, whole.cookie),
    'an empty code': comeBack({ code: '', state: whole.state }, whole.cookie),
    'a code nobody gave': comeBack({ code: 'made-up', state: (await goOut()).state }, whole.cookie),
    'no state': comeBack({ code: code() }, whole.cookie),
    'an empty state': comeBack({ code: code(), state: '' }, whole.cookie),
    'a state nobody gave': comeBack({ code: code(), state: 'made-up' }, whole.cookie),
    'no cookie': comeBack({ code: code(), state: (await goOut()).state }, null),
    'the state of one browser with the cookie of another': comeBack({ code: code(), state: other.state }, (await goOut()).cookie),
    'another provider': comeBack({ code: code(), state: (await goOut()).state }, whole.cookie, app, 'google'),
    'an error beside a code': comeBack({ code: code(), state: (await goOut()).state, error: 'access_denied' }, null),
    'an error of the provider': comeBack({ error: 'access_denied', state: (await goOut()).state }, whole.cookie),
  }
  for (const [name, attempt] of Object.entries(attempts)) {
    const answer = await attempt
    expect([name, letIn(answer), answer.status < 500]).toEqual([name, false, true])
  }
})

test('the same callback a second time, and fifty at once on two nodes, lets one in', async () => {
  const second = await app.secondNode()
  const { cookie, state, verifier } = await goOut()
  expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const code = github.agree(octocat('once@example.test', { id: 1 }))
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, turn) => comeBack({ code, state }, cookie, turn % 2 ? app : second)),
  )
  expect(answers.filter(letIn)).toHaveLength(1)
  expect(letIn(await comeBack({ code: github.agree(octocat('once@example.test', { id: 1 })), state }, cookie))).toBe(false)
})

test('a hostile address of a provider never opens or changes the account it looks like', async () => {
  const kate = await app.person('Kate')
  const [name, host] = kate.email.split('@') as [string, string]
  const rows = async () =>
    (
      await app.services.pool.query(
        `select u.email, u.name, u.email_verified, (select json_agg(a.provider_id) from account a where a.user_id = u.id) as ways
         from "user" u where id = $1`,
        [kate.userId],
      )
    ).rows
  const before = await rows()
  const hostile: [unknown, unknown?][] = [
    [kate.email, false],
    [kate.email, 'true'],
    [kate.email, 1],
    [kate.email, null],
    [`${name}@${host}.`],
    [`${name}@${host}\n`],
    [` ${kate.email}\u0000`],
    [`${name.replace('e', '\u0435')}@${host}`],
    [`${name.replace('s', '\u017F')}@${host}`],
    [`${name}\u200B@${host}`],
    [`${name}\uFF20${host}`],
    [`${name}@${host.replace('e', '\uFF45')}`],
    [`"${name}"@${host}`],
    [`Kate <${kate.email}>`],
    [`${kate.email},eve@evil.example`],
    [`eve@evil.example,${kate.email}`],
    [[kate.email]],
    [{ toString: kate.email }],
    [null],
    [''],
    ['*'],
    ['%'],
    [`${'x'.repeat(300)}@${host}`],
  ]
  let id = 7_000
  const bad: string[] = []
  for (const [email, verified = true] of hostile) {
    const { cookie, state } = await goOut()
    const answer = await comeBack({ code: github.agree(octocat(email, { verified, id: ++id })), state }, cookie)
    if (answer.status >= 500) bad.push(`${JSON.stringify(email)}: ${answer.status}`)
    const session = answer.headers.getSetCookie().find((line) => /^tollkeeper\.session=[^;]/.test(line))
    if (!session) continue
    const { body } = await callerOf(app.url, { cookie: session.split(';')[0]! })('GET', '/users/me')
    if ((body as { user: { id: string } }).user.id === kate.userId) bad.push(`${JSON.stringify(email)} opened the account`)
  }
  expect(bad).toEqual([])
  expect(await rows()).toEqual(before)
})

test('whose address changed at the provider is still the same person here, and has no right to the account of the new address', async () => {
  const first = await goOut()
  await comeBack({ code: github.agree(octocat('before@example.test', { id: 42 })), state: first.state }, first.cookie)
  const victim = await app.person()
  const again = await goOut()
  const answer = await comeBack({ code: github.agree(octocat(victim.email, { id: 42 })), state: again.state }, again.cookie)
  const cookie = answer.headers
    .getSetCookie()
    .find((line) => line.startsWith('tollkeeper.session='))!
    .split(';')[0]!
  const { body } = await callerOf(app.url, { cookie })('GET', '/users/me')
  expect(body).toMatchObject({ user: { email: 'before@example.test' } })
})

/** Ways in which a provider fails to answer. */
const faults: Record<string, (response: ServerResponse) => void> = {
  'is broken': (response) => response.writeHead(500).end('oops'),
  'answers a page instead of JSON': (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>'),
  'answers half a JSON': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":'),
  'answers another shape': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('[1,2,3]'),
  'answers a number for a token': (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":7,"token_type":{}}'),
  'sends elsewhere': (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/inside' }).end(),
  'hangs up': (response) => response.destroy(),
  'answers eight megabytes': (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ access_token: 'x'.repeat(8_000_000) })),
  'never answers': () => undefined,
}

test.each(Object.keys(faults))(
  'a provider that %s is told as a failed sign-in, within a bounded time, and nothing is left behind',
  async (fault) => {
    const server = createServer((request, response) => {
      request.resume()
      faults[fault]!(response)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      await using at = await startAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
      const { cookie, state } = await goOut(at)
      const answer = await comeBack({ code: 'any', state }, cookie, at)
      expect(answer.status).toBe(302)
      expect(answer.headers.get('location')).toMatch(new RegExp(`^${at.services.publicUrl}/`))
      expect(letIn(answer)).toBe(false)
      const { rows } = await at.services.pool.query(
        `select 1 from account where provider_id = 'github' union all select 1 from session`,
      )
      expect(rows).toEqual([])
    } finally {
      server.closeAllConnections()
      server.close()
    }
  },
  60_000,
)
