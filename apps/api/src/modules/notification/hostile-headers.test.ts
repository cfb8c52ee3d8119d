import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { startTestApp, type TestApp } from '../../testing/index.ts'
import { enqueueMail, listMailbox } from './index.ts'
import { samples, templateNames } from './testing/samples.ts'

const publicUrl = 'https://accounts.example.com'
const evil = 'evil.example'

/** What a stranger may say of where a request was sent to. */
const hostileHeaders: Record<string, string>[] = [
  { host: evil },
  { host: `${evil}:443` },
  { host: `accounts.example.com@${evil}` },
  { host: `accounts.example.com.${evil}` },
  { host: `${evil}/?` },
  { 'x-forwarded-host': evil },
  { 'x-forwarded-host': `accounts.example.com, ${evil}` },
  { 'x-forwarded-proto': 'javascript', 'x-forwarded-host': evil },
  { 'x-forwarded-server': evil },
  { 'x-forwarded-port': '31337', 'x-forwarded-host': evil },
  { 'x-host': evil },
  { 'x-original-host': evil },
  { 'x-original-url': `http://${evil}/` },
  { 'x-rewrite-url': `http://${evil}/` },
  { 'x-http-host-override': evil },
  { forwarded: `for=192.0.2.1;host=${evil};proto=http` },
  { forwarded: `host="${evil}"` },
  { origin: publicUrl, referer: `http://${evil}/` },
  { via: `1.1 ${evil}` },
]

/** Flows of the account that send mail, by somebody who is signed in nowhere. */
const flows: [string, (email: string) => object][] = [
  ['/auth/register', (email) => ({ email, password: 'orchard lantern 57', name: 'Ada' })],
  ['/auth/resend-verification', (email) => ({ email })],
  ['/auth/forgot-password', (email) => ({ email })],
]

let app: TestApp
let email: string

beforeAll(async () => {
  app = await startTestApp({
    environment: { TOLLKEEPER_URL: publicUrl, TOLLKEEPER_TRUSTED_PROXIES: '127.0.0.1' },
  })
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

/** A POST whose every header is the caller's, Host as well; an absolute address is sent as it stands. */
function post(path: string, body: object, headers: Record<string, string>): Promise<number> {
  const json = JSON.stringify(body)
  const { hostname, port } = new URL(app.url)
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        hostname,
        port,
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json), ...headers },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    asked.on('error', reject)
    asked.end(json)
  })
}

/** Addresses in both bodies of every mail so far, and everything in them that speaks of the stranger's server. */
async function linksIn(): Promise<{ links: string[]; betrayed: string[] }> {
  const bodies = (await listMailbox(app.services)).flatMap(({ text, html }) => [text, html])
  return {
    links: bodies
      .flatMap((body) => [...body.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) => link))
      .filter((link) => !link.includes('w3.org')),
    betrayed: bodies.filter((body) => body.includes(evil)),
  }
}

test.each(hostileHeaders.map((headers) => [JSON.stringify(headers), headers] as const))(
  'a request with %s gets mails that lead to the configured address, from the first request after the start on',
  async (_words, headers) => {
    email = `ada${hostileHeaders.indexOf(headers)}@example.test`
    for (const [path, body] of flows) await post(`/api/v1${path}`, body(email), headers)
    await post(`http://${evil}/api/v1/auth/register`, { ...flows[0]![1](email), name: 'Bea' }, headers)
    const { links, betrayed } = await linksIn()
    expect(betrayed).toEqual([])
    expect(links.filter((link) => !link.startsWith(publicUrl))).toEqual([])
  },
)

test('the flows above did send mails', async () => {
  expect((await linksIn()).links.length).toBeGreaterThan(hostileHeaders.length)
})

test.each(templateNames)(
  '%s is made of its data and the configuration alone, and leads to the configured address',
  async (template) => {
    await app.services.pool.query('delete from email_message')
    await inSystemTransaction(app.services, ({ em }) =>
      enqueueMail(em, app.services, { to: 'ada@example.test', template, data: samples[template] as never }),
    )
    const [mail] = await listMailbox(app.services)
    const links = [...mail!.html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!)
    expect(links.filter((link) => !link.startsWith(`${publicUrl}/`))).toEqual([])
  },
)
