import { afterAll, beforeAll, expect, test } from 'vitest'
import { behindProxy } from '../modules/auth/testing/visitor.ts'
import { inviteTo, openTeam } from '../modules/tenant/testing/team.ts'
import { startTestApp, type TestApp } from '../testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ environment: behindProxy })
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

/** What a request may say of the host it was sent to, none of it to be believed. */
const claims: Record<string, string>[] = [
  { host: 'evil.example' },
  { host: 'evil.example:80' },
  { host: 'localhost.evil.example' },
  { host: 'localhost:4000@evil.example' },
  { host: '' },
  { host: 'evil.example', 'x-forwarded-host': 'localhost' },
  { 'x-forwarded-host': 'evil.example' },
  { 'x-forwarded-host': 'evil.example, localhost' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
  { 'x-forwarded-server': 'evil.example' },
  { 'x-host': 'evil.example', 'x-original-host': 'evil.example', 'x-http-host-override': 'evil.example' },
  { forwarded: 'for=1.2.3.4;host=evil.example;proto=https' },
  { forwarded: 'host="evil.example"' },
  { origin: 'https://evil.example', referer: 'https://evil.example/x' },
  { 'x-original-url': 'https://evil.example/', 'x-rewrite-url': 'https://evil.example/' },
  { 'x-forwarded-prefix': '//evil.example', 'x-forwarded-path': '//evil.example' },
]

const inject = (url: string, payload: object, headers: Record<string, string>, method: 'POST' | 'PUT' = 'POST') =>
  app.server.app.inject({ method, url, payload, headers })

test('the first request after the start, with a false host, teaches the server nothing', async () => {
  await using fresh = await startTestApp({ environment: { TOLLKEEPER_URL: 'https://accounts.example.com' } })
  const payload = { email: 'first@example.test', password: 'orchard lantern 57 quartz', name: 'First' }
  await fresh.server.app.inject({ method: 'POST', url: '/api/v1/auth/register', payload, headers: { host: 'evil.example' } })
  const links = await linksInMails(fresh)
  expect(links.length).toBeGreaterThan(0)
  expect([...new Set(links.map((link) => new URL(link).origin))]).toEqual(['https://accounts.example.com'])
})

/** Every address in every mail there is, as it goes out. */
async function linksInMails(at: TestApp): Promise<string[]> {
  const { body } = await at.call('GET', '//dev/mailbox.json')
  return (body as { text: string; html: string }[]).flatMap(({ text, html }) =>
    // a document type and the namespaces of a mail program are no links
    [...`${text} ${html.replaceAll(/<!DOCTYPE[^>]*>|xmlns[:a-z]*="[^"]*"/gi, '')}`.matchAll(/https?:\/\/[^\s"'<>)]+/g)].map(
      ([link]) => link,
    ),
  )
}

test('whatever a request says of its host, every link of every mail it causes leads to the configured address', async () => {
  const person = await app.person()
  const bearer = { authorization: `Bearer ${person.accessToken}` }
  const tenantId = await openTeam(app, person)
  await inviteTo(app, person, tenantId, { email: 'someone@example.test' })
  let count = 0
  for (const claim of claims) {
    const headers = { ...claim, 'x-forwarded-for': `10.9.0.${++count}` }
    const email = `new${count}@example.test`
    const answers = [
      await inject('/api/v1/auth/register', { email, password: 'orchard lantern 57 quartz', name: 'N' }, headers),
      await inject('/api/v1/auth/register', { email: person.email, password: 'orchard lantern 57 quartz', name: 'N' }, headers),
      await inject('/api/v1/auth/resend-verification', { email }, headers),
      await inject('/api/v1/auth/forgot-password', { email: person.email }, headers),
      await inject('/api/v1/auth/mail', { email }, headers),
      await inject(
        '/api/v1/auth/login',
        { email: person.email, password: person.password },
        { ...headers, 'user-agent': `Far${count}/1` },
      ),
      await inject(
        '/api/v1/users/me/email',
        { email: `other${count}@example.test`, password: person.password },
        { ...headers, ...bearer },
        'PUT',
      ),
      await inject(
        `/api/v1/tenants/${tenantId}/invitations`,
        { email: `invited${count}@example.test`, role: 'member' },
        { ...headers, ...bearer },
      ),
    ]
    expect(answers.map(({ statusCode }) => statusCode).filter((code) => code >= 500)).toEqual([])
  }
  const { rows } = await app.services.pool.query<{ template: string }>('select distinct template from email_message order by 1')
  expect(rows.map(({ template }) => template)).toEqual(
    expect.arrayContaining([
      'already-registered',
      'confirm-new-email',
      'email-change-asked',
      'invitation',
      'new-sign-in',
      'reset-password',
      'sign-in-mail',
      'verify-email',
    ]),
  )
  const links = await linksInMails(app)
  expect(links.length).toBeGreaterThan(50)
  expect([...new Set(links.map((link) => new URL(link).origin))]).toEqual([app.services.publicUrl])
}, 120_000)
