import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { comeBackWith, cookiesOf, wayOutOf } from '../modules/auth/testing/provider-visit.ts'
import { startTestApp, type TestApp } from '../testing/index.ts'

const CLIENT_ID = 'our-client.apps.googleusercontent.com'
const [googles, others] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })]
const published = { keys: [{ ...googles.publicKey.export({ format: 'jwk' }), kid: 'of-google', alg: 'RS256', use: 'sig' }] }

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

/** Google itself, as it is asked without a stand-in's address; all else goes where it says. */
let idToken: string | undefined
const elsewhere = globalThis.fetch
async function fetchOfGoogle(input: string | URL | Request, options?: RequestInit): Promise<Response> {
  const { origin, pathname } = new URL(input instanceof Request ? input.url : input)
  if (origin === 'https://oauth2.googleapis.com' && pathname === '/token')
    return Response.json({ access_token: 'a token', token_type: 'Bearer', expires_in: 3600, id_token: idToken })
  if (origin === 'https://www.googleapis.com' && pathname === '/oauth2/v3/certs') return Response.json(published)
  if (origin.endsWith('googleapis.com')) throw new Error(`Google was asked for ${pathname}`)
  return elsewhere(input, options)
}

let app: TestApp
beforeAll(async () => {
  vi.stubGlobal('fetch', fetchOfGoogle)
  app = await startTestApp({ environment: { GOOGLE_CLIENT_ID: CLIENT_ID, GOOGLE_CLIENT_SECRET: 'secret' } })
}, 120_000)
afterAll(async () => {
  vi.unstubAllGlobals()
  await app[Symbol.asyncDispose]()
})

const trueClaims = (email: string) => ({
  iss: 'https://accounts.google.com',
  aud: CLIENT_ID,
  azp: CLIENT_ID,
  sub: `sub of ${email}`,
  email,
  email_verified: true,
  name: 'Gloria',
  iat: now(),
  exp: now() + 3600,
})

const rs256 = (key: KeyObject) => (text: string) => sign('sha256', Buffer.from(text), key).toString('base64url')

interface Wish {
  header?: object
  claims?: object
  signature?: (text: string) => string
}

function made(email: string, { header = {}, claims = {}, signature = rs256(googles.privateKey) }: Wish = {}): string {
  const text = `${encode({ alg: 'RS256', kid: 'of-google', typ: 'JWT', ...header })}.${encode({ ...trueClaims(email), ...claims })}`
  return `${text}.${signature(text)}`
}

async function comeBy(token: string | undefined): Promise<{ letIn: boolean; error: string | null }> {
  idToken = token
  const way = wayOutOf(await app.call('GET', '/auth/oauth/google/authorize'))
  const answer = await comeBackWith(app, 'google', 'a code', way)
  const error = new URL(answer.headers.get('location')!).searchParams.get('error')
  return { letIn: cookiesOf(answer).includes('tollkeeper.session='), error }
}

test('an identity token of Google for us lets in', async () => {
  expect(await comeBy(made('gloria@example.test'))).toEqual({ letIn: true, error: null })
})

const publicPem = googles.publicKey.export({ type: 'spki', format: 'pem' })
const hostile: Record<string, Wish> = {
  'for another client': { claims: { aud: 'another-client', azp: 'another-client' } },
  'for us among others, asked for by another': { claims: { aud: [CLIENT_ID, 'another-client'], azp: 'another-client' } },
  'for us among others, asked for by nobody': { claims: { aud: [CLIENT_ID, 'another-client'], azp: undefined } },
  'for nobody': { claims: { aud: undefined } },
  'of another issuer': { claims: { iss: 'https://accounts.evil.example' } },
  'of an issuer that only begins like it': { claims: { iss: 'https://accounts.google.com.evil.example' } },
  'of nobody': { claims: { iss: undefined } },
  'that has expired': { claims: { iat: now() - 1_800, exp: now() - 60 } },
  'of yesterday, that never ends': { claims: { iat: now() - 86_400, exp: now() + 86_400 } },
  'that does not say when it was made': { claims: { iat: undefined } },
  'that is not signed': { header: { alg: 'none' }, signature: () => '' },
  'without its signature': { signature: () => '' },
  'signed by somebody else': { signature: rs256(others.privateKey) },
  'signed by somebody else, with their key in it': {
    header: { kid: undefined, jwk: others.publicKey.export({ format: 'jwk' }) },
    signature: rs256(others.privateKey),
  },
  'of a key Google does not have': { header: { kid: 'of-evil' }, signature: rs256(others.privateKey) },
  'signed with the public key as a password': {
    header: { alg: 'HS256' },
    signature: (text) => createHmac('sha256', publicPem).update(text).digest('base64url'),
  },
}

test.each(Object.entries(hostile))('an identity token %s lets nobody in, and makes nobody', async (_name, wish) => {
  const email = 'victim@example.test'
  expect(await comeBy(made(email, wish))).toEqual({ letIn: false, error: 'auth.provider_failed' })
  const { rows } = await app.services.pool.query('select 1 from "user" where email = $1', [email])
  expect(rows).toEqual([])
})

test('an answer of Google without an identity token lets nobody in', async () => {
  expect(await comeBy(undefined)).toEqual({ letIn: false, error: 'auth.provider_failed' })
})
