import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityOf } from '../modules/auth/identity/identity.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'

type Json = Record<string, unknown>

/** One false token: how it differs from a true one, and who signed it. */
interface Forgery {
  name: string
  header?: Json
  claims?: Json
  /** The header or the payload as text, before it is encoded. */
  rawHeader?: string
  rawPayload?: string
  sign?: string
  /** The whole token; `{h}`, `{p}` and `{s}` are the parts of the true one. */
  raw?: string
}

const forgeries = JSON.parse(readFileSync(join(import.meta.dirname, 'corpus/jwt.json'), 'utf8')) as Forgery[]
const other = generateKeyPairSync('ed25519')
const encode = (text: string) => Buffer.from(text).toString('base64url')
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json

let app: TestApp
let ada: TestPerson
let own: KeyObject

beforeAll(async () => {
  app = await startTestApp()
  ada = await app.person()
  own = (await identityOf(app.services).keys.current()).privateKey
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

function forge({ header, claims, rawHeader, rawPayload, sign: signer = 'own', raw }: Forgery): string {
  const [h, p, s] = ada.accessToken.split('.') as [string, string, string]
  const [trueHeader, truePayload] = [decode(h), decode(p)]
  const words: Record<string, string> = {
    h,
    p,
    s,
    t: ada.accessToken,
    's/2': s.slice(0, s.length / 2),
    's^': `${s[0] === 'A' ? 'B' : 'A'}${s.slice(1)}`,
    's+': Buffer.from(s, 'base64url').toString('base64'),
    dots: '.'.repeat(8_000),
    kid: String(trueHeader.kid),
    iss: String(truePayload.iss),
    sub: String(truePayload.sub),
    sid: String(truePayload.sid),
    header: JSON.stringify(trueHeader),
    many: JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`claim${index}`, index]))),
  }
  const fill = (text: string) => text.replaceAll(/\{([a-z^+/2]+)\}/g, (whole, word: string) => words[word] ?? whole)
  if (raw !== undefined) return fill(raw)
  const head = encode(rawHeader === undefined ? JSON.stringify(patched(trueHeader, header, fill)) : fill(rawHeader))
  const body = encode(rawPayload === undefined ? JSON.stringify(patched(truePayload, claims, fill)) : fill(rawPayload))
  return `${head}.${body}.${signatureOf(`${head}.${body}`, signer, s)}`
}

function patched(truth: Json, patch: Json | undefined, fill: (text: string) => string): Json {
  const result = { ...truth }
  for (const [name, wish] of Object.entries(patch ?? {})) {
    const value = resolved(wish, fill)
    if (value === undefined) delete result[name]
    else Object.defineProperty(result, name, { value, enumerable: true })
  }
  return result
}

function resolved(wish: unknown, fill: (text: string) => string): unknown {
  if (typeof wish === 'string') return fill(wish)
  if (Array.isArray(wish)) return wish.map((one) => resolved(one, fill))
  if (wish === null || typeof wish !== 'object') return wish
  if ('$remove' in wish) return undefined
  if ('$now' in wish) return Math.floor(Date.now() / 1000) + Number(wish.$now)
  if ('$ownKid' in wish) return fill('{kid}')
  if ('$otherJwk' in wish) return other.publicKey.export({ format: 'jwk' })
  if ('$ownJwk' in wish) return createPublicKey(own).export({ format: 'jwk' })
  return wish
}

function signatureOf(text: string, signer: string, theirs: string): string {
  if (signer === 'nothing') return ''
  if (signer === 'theirs') return theirs
  if (signer.startsWith('hmac '))
    return createHmac(hashNamedIn(text), hmacSecret(signer.slice(5)))
      .update(text)
      .digest('base64url')
  return sign(null, Buffer.from(text), signer === 'other' ? other.privateKey : own).toString('base64url')
}

function hashNamedIn(text: string): string {
  return `sha${String(decode(text.split('.')[0]!).alg).slice(2)}`
}

/** What somebody has of us without being us: every form our public key can be read in. */
function hmacSecret(form: string): string | Buffer {
  const key = createPublicKey(own)
  const jwk = key.export({ format: 'jwk' }) as { x: string }
  if (form === 'x') return jwk.x
  if (form === 'jwk') return JSON.stringify(jwk)
  if (form === 'pem') return key.export({ type: 'spki', format: 'pem' })
  if (form === 'spki') return key.export({ type: 'spki', format: 'der' })
  return form === 'kid' ? String(decode(ada.accessToken.split('.')[0]!).kid) : ''
}

const ways = [
  ['REST', (token: string) => callerOf(app.url, { authorization: `Bearer ${token}` })('GET', '/users/me')],
  ['tRPC', (token: string) => callerOf(app.url, { authorization: `Bearer ${token}` })('GET', '//trpc/auth.me')],
  [
    'the hot path',
    (token: string) =>
      callerOf(app.url, { authorization: `Bearer ${token}` })('POST', '/authorize', { feature: 'characters', amount: 1 }),
  ],
] as const

test('the corpus holds at least sixty false tokens, and the forger can make a true one', async () => {
  expect(forgeries.length).toBeGreaterThanOrEqual(60)
  for (const [, present] of ways) expect((await present(forge({ name: 'true' }))).status).toBe(200)
})

test.each(ways)(
  'no false token opens anything over %s, and none makes a session',
  async (_way, present) => {
    const sessions = async () => (await app.services.pool.query('select count(*)::int from session')).rows
    const before = await sessions()
    const opened: string[] = []
    let presented = 0
    for (const forgery of forgeries) {
      const token = forge(forgery)
      // what no HTTP client sends cannot come in by one
      if (!/^[\x20-\x7e]+$/.test(token)) continue
      presented += 1
      const { status } = await present(token)
      if (status !== 401) opened.push(`${forgery.name}: ${status}`)
    }
    expect(opened).toEqual([])
    expect(presented).toBeGreaterThanOrEqual(60)
    expect(await sessions()).toEqual(before)
  },
  120_000,
)
