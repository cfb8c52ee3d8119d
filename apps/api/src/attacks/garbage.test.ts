import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigurationError, readConfig } from '../config/config.ts'
import { Environment } from '../config/env.ts'
import { startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'

let app: TestApp
let ada: TestPerson

beforeAll(async () => {
  app = await startTestApp({ environment: { TOLLKEEPER_TRUSTED_PROXIES: '127.0.0.1' } })
  ada = await app.person()
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

const garbage = [
  '',
  ' ',
  'null',
  'undefined',
  'true',
  '0',
  '-1',
  '%',
  '%00',
  '%zz',
  '=',
  ';',
  ';;;=;',
  ',',
  ',,,',
  '{}',
  '[]',
  '{"alg":"none"}',
  '__proto__',
  '../../etc/passwd',
  "' or '1'='1",
  '*',
  '\\',
  '"',
  '<script>',
  '$(x)',
  'Bearer',
  'Bearer ',
  'Bearer  x',
  'bearer x',
  'Basic YTpi',
  'Digest x',
  'tk_',
  'tkr_',
  'tkc_',
  'usr_00000000000000000000000000',
  '::1',
  '999.999.999.999',
  'for=127.0.0.1;proto=https;by=_x',
  'x'.repeat(4_000),
  'é',
  '\u00ff\u00fe',
]
const headers = [
  'authorization',
  'cookie',
  'x-api-key',
  'x-tenant-id',
  'idempotency-key',
  'origin',
  'referer',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'x-tollkeeper-client-address',
  'forwarded',
  'x-original-url',
  'x-http-method-override',
  'accept',
  'accept-language',
  'user-agent',
  'content-language',
]

const send = (method: 'GET' | 'POST', url: string, sent: Record<string, string>, payload?: object) =>
  app.server.app.inject({ method, url, headers: sent, ...(payload ? { payload } : {}) })

test('no header, whatever is in it, opens what is closed or makes the server fail', async () => {
  const bad: string[] = []
  for (const header of headers) {
    for (const value of garbage) {
      for (const [method, url, payload] of [
        ['GET', '/api/v1/users/me', undefined],
        ['GET', '/trpc/auth.me', undefined],
        ['POST', '/api/v1/authorize', { feature: 'characters' }],
        ['GET', '/api/v1/users', undefined],
      ] as const) {
        const { statusCode } = await send(method, url, { [header]: value }, payload)
        if (statusCode < 400 || statusCode >= 500)
          bad.push(`${method} ${url} with ${header}: ${JSON.stringify(value)} → ${statusCode}`)
      }
    }
  }
  expect(bad).toEqual([])
}, 120_000)

test('no header, whatever is in it, makes a wrong password right or keeps it off the record', async () => {
  const bad: string[] = []
  for (const header of headers) {
    for (const value of garbage.filter((_, index) => index % 6 === 0)) {
      const email = `nobody-${header}@example.test`
      const { statusCode } = await send(
        'POST',
        '/api/v1/auth/login',
        { [header]: value },
        { email, password: 'wrong as can be 11' },
      )
      if (statusCode < 400 || statusCode >= 500) bad.push(`${header}: ${JSON.stringify(value)} → ${statusCode}`)
    }
  }
  expect(bad).toEqual([])
}, 120_000)

test('a person who is signed in is that person or nobody, whatever stands in the other headers', async () => {
  const bad: string[] = []
  for (const header of headers.filter((name) => name !== 'authorization')) {
    for (const value of garbage) {
      const sent = { authorization: `Bearer ${ada.accessToken}`, [header]: value }
      const answer = await send('GET', '/api/v1/users/me', sent)
      const who = answer.statusCode === 200 ? answer.json<{ user: { id: string } }>().user.id : null
      if (answer.statusCode >= 500 || (who !== null && who !== ada.userId)) bad.push(`${header}: ${JSON.stringify(value)}`)
    }
  }
  expect(bad).toEqual([])
}, 120_000)

const production: Record<string, string> = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://a@b/c',
  TOLLKEEPER_URL: 'https://accounts.example.com',
  TOLLKEEPER_SECRET: 'q9Zr4T7xLw2Kc8Vb5Nn1Md6Jf3Hg0PsYtRe',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRETS: 'whsec_1',
  SMTP_URL: 'smtp://localhost',
}

function faultsOf(variables: Record<string, string | undefined>): string[] {
  try {
    readConfig(variables)
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.faults.map(({ variable }) => variable)
  }
}

test('production does not start without each thing it needs, nor with an empty one, and names it', () => {
  expect(faultsOf(production)).toEqual([])
  for (const variable of Object.keys(production).filter((name) => name !== 'NODE_ENV'))
    for (const value of [undefined, ''])
      expect([variable, faultsOf({ ...production, [variable]: value })]).toEqual([variable, [variable]])
})

test('garbage in a variable is a fault of that variable or does no harm; it never takes a guard away', () => {
  for (const variable of Object.keys(Environment.shape)) {
    for (const value of garbage.filter((text) => text !== '')) {
      const faults = faultsOf({ ...production, [variable]: value })
      if (faults.length > 0) {
        expect(faults.length, variable).toBeGreaterThan(0)
        continue
      }
      const config = readConfig({ ...production, [variable]: value })
      expect([variable, value, config.production]).toEqual([variable, value, true])
      for (const range of config.http.trustedProxies) expect(range).not.toMatch(/^(\*|true|0\.0\.0\.0\/0|::\/0)$/)
      expect(new Set(config.secret).size).toBeGreaterThanOrEqual(12)
    }
  }
})

test.each(['changeme', 'x'.repeat(48), '12345678901234567890123456789012', 'secret', 'tollkeeper'])(
  'the secret %s does not start a server',
  (secret) => {
    expect(faultsOf({ ...production, TOLLKEEPER_SECRET: secret })).toEqual(['TOLLKEEPER_SECRET'])
  },
)
