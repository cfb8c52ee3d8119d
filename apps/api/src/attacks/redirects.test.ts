import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GithubPerson, startScriptedGithub } from '../modules/auth/testing/scripted-github.ts'
import { declaredProcedures } from '../testing/declared-procedures.ts'
import { callerOf, startTestApp, type TestApp } from '../testing/index.ts'
import { sampleInput } from '../testing/sample-input.ts'
import { propertiesOf } from './schema-properties.ts'

const file = resolve(import.meta.dirname, '../../../../packages/shared/corpus/redirects.json')
const corpus = JSON.parse(readFileSync(file, 'utf8')) as string[]
/** Fields of procedures that lead somewhere, as `procedure field`; each is tried with the whole corpus. */
const fieldsThatLead: string[] = ['auth.provider.authorize next']
/** What a field is called that says where somebody is to be sent. */
const LEADS_SOMEWHERE = /ur[li]$|redirect|callback|return_?to|^next$|continue|goto|destination/i

type Github = Awaited<ReturnType<typeof startScriptedGithub>>
let github: Github
let app: TestApp
let addresses: string[]

beforeAll(async () => {
  github = await startScriptedGithub()
  app = await startTestApp({
    environment: { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret', GITHUB_BASE_URL: github.url },
  })
  const { host, origin } = new URL(app.services.publicUrl)
  addresses = corpus.map((address) => address.replaceAll('{host}', host).replaceAll('{origin}', origin))
}, 120_000)
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
})

/** Where a browser on a page of ours ends up. */
function leadsAway(address: string): boolean {
  const { publicUrl } = app.services
  if (!URL.canParse(address, publicUrl)) return true
  const { origin, pathname } = new URL(address, publicUrl)
  // a path that is read a second time, without its dots, must not name a host either
  return origin !== new URL(publicUrl).origin || pathname.startsWith('//')
}

test('the corpus holds at least three hundred addresses, each once', () => {
  expect(new Set(corpus).size).toBe(corpus.length)
  expect(corpus.length).toBeGreaterThanOrEqual(300)
  expect(addresses.filter(leadsAway).length).toBeGreaterThan(200)
})

test('no input of ours takes an address to be sent to, save those that stand here', () => {
  const fields = declaredProcedures().flatMap(({ name, input }) =>
    propertiesOf(input)
      .filter((field) => LEADS_SOMEWHERE.test(field))
      .map((field) => `${name} ${field}`),
  )
  expect(fields.filter((field) => !fieldsThatLead.includes(field))).toEqual([])
})

test('no field of ours that leads somewhere leads to another site', async () => {
  const person = await app.person()
  const bad: string[] = []
  for (const lead of fieldsThatLead) {
    const [name, field] = lead.split(' ') as [string, string]
    const { input } = declaredProcedures().find((procedure) => procedure.name === name)!
    for (const address of addresses) {
      const body = { ...(sampleInput(input, { ten: person.tenantId, usr: person.userId }) as object), [field]: address }
      const { status } = await person.call('POST', `//trpc/${name}`, body)
      if (status < 400 && leadsAway(address)) bad.push(`${lead}: ${JSON.stringify(address)}`)
    }
  }
  expect(bad).toEqual([])
}, 240_000)

const octocat: GithubPerson = {
  id: 583231,
  login: 'octocat',
  emails: [{ email: 'octo@example.test', primary: true, verified: true }],
}

test('a sign-in by a provider is never begun with a page that leads away, nor ends anywhere else', async () => {
  const away: string[] = []
  for (const [index, address] of addresses.entries()) {
    const out = await app.call('GET', `/auth/oauth/github/authorize?next=${encodeURIComponent(address)}`)
    expect(out.status, JSON.stringify(address)).toBeLessThan(500)
    if (out.status !== 200) continue
    const cookie = out.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const state = new URL((out.body as { authorizationUrl: string }).authorizationUrl).searchParams.get('state')!
    // every other one fails at the provider, so that both ends of the way are tried
    const code = index % 2 ? 'a code nobody gave' : github.agree(octocat)
    const query = `code=${encodeURIComponent(code)}&state=${encodeURIComponent(state)}`
    const back = await callerOf(app.url, { cookie })('GET', `//api/auth/callback/github?${query}`)
    expect(back.status, JSON.stringify(address)).toBe(302)
    const location = back.headers.get('location')!
    if (leadsAway(location)) away.push(`${JSON.stringify(address)} → ${location}`)
  }
  expect(away).toEqual([])
}, 240_000)

test('the parameters of a callback lead nowhere: a browser that comes back with false ones goes to the sign-in page', async () => {
  const away: string[] = []
  for (const address of addresses) {
    const query = ['state', 'code', 'callbackURL', 'redirect', 'error', 'error_description', 'iss', 'next'].map(
      (name): [string, string] => [name, address],
    )
    const path = `//api/auth/callback/github?${new URLSearchParams(query)}`
    const { status, headers } = await app.call('GET', path)
    expect(status).toBeLessThan(500)
    const location = headers.get('location')
    if (location !== null && leadsAway(location)) away.push(`${JSON.stringify(address)} → ${location}`)
  }
  expect(away).toEqual([])
}, 240_000)

test('no path of this server is answered with a way to another site', async () => {
  const away: string[] = []
  for (const address of addresses) {
    for (const url of [`/${encodeURI(address)}`, `/sign-in?next=${encodeURIComponent(address)}`, `/docs/${encodeURI(address)}`]) {
      const { statusCode, headers } = await app.server.app.inject({ method: 'GET', url: url.replaceAll(/[^\x21-\x7e]/g, '') })
      expect(statusCode === 503 || statusCode < 500, url).toBe(true)
      if (typeof headers.location === 'string' && leadsAway(headers.location)) away.push(`${url} → ${headers.location}`)
    }
  }
  expect(away).toEqual([])
}, 120_000)
