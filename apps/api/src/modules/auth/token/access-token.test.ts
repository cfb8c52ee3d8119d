import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { callerOf, startTestApp, type TestApp } from '../../../testing/index.ts'
import { identityOf } from '../identity/identity.ts'
import { refusal } from '../testing/visitor.ts'

type Json = Record<string, unknown>

const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json
const forge = (header: Json, payload: Json, key: KeyObject | null) => {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${key ? sign(null, Buffer.from(signed), key).toString('base64url') : ''}`
}

async function me(app: TestApp, token: string) {
  return callerOf(app.url, { authorization: `Bearer ${token}` })('GET', '/users/me')
}

test('no token but a true one of this server is accepted', async () => {
  await using app = await startTestApp()
  const person = await app.person()
  const [h, p, s] = person.accessToken.split('.') as [string, string, string]
  const [header, payload] = [decode(h), decode(p)]
  const own = (await identityOf(app.services).keys.current()).privateKey
  const jwks = (await app.call('GET', '//.well-known/jwks.json')).body as { keys: [Json] }
  const other = generateKeyPairSync('ed25519')
  const hmac = (secret: string) => {
    const signed = `${encode({ ...header, alg: 'HS256' })}.${p}`
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
  const signedBy = (key: KeyObject, head: Json, body: Json) => forge({ ...header, ...head }, { ...payload, ...body }, key)
  const now = Math.floor(Date.now() / 1000)
  const forgeries: Record<string, string> = {
    'no signature, alg none': forge({ ...header, alg: 'none' }, payload, null),
    'no signature, alg None': forge({ ...header, alg: 'None' }, payload, null),
    'no signature, right alg': `${h}.${p}.`,
    'signature cut off': `${h}.${p}`,
    'signature of zeros': `${h}.${p}.${Buffer.alloc(64).toString('base64url')}`,
    'another payload, same signature': `${h}.${encode({ ...payload, sub: 'usr_00000000000000000000000000' })}.${s}`,
    'another header, same signature': `${encode({ ...header, typ: 'JWT' })}.${p}.${s}`,
    'our public key as an HMAC secret': hmac(String(jwks.keys[0].x)),
    'our JWK as an HMAC secret': hmac(JSON.stringify(jwks.keys[0])),
    'an empty HMAC secret': hmac(''),
    'another key under our kid': signedBy(other.privateKey, {}, {}),
    'another key brought along': signedBy(other.privateKey, { jwk: other.publicKey.export({ format: 'jwk' }) }, {}),
    'another key at an address': signedBy(other.privateKey, { jku: 'https://evil.example/jwks.json' }, {}),
    'a kid that is a path': signedBy(other.privateKey, { kid: '../../../dev/null' }, {}),
    'a kid that is SQL': signedBy(other.privateKey, { kid: "' or '1'='1" }, {}),
    'no kid': signedBy(own, { kid: undefined }, {}),
    'a kid that is a list': signedBy(own, { kid: [header.kid] }, {}),
    'another algorithm': signedBy(own, { alg: 'ES256' }, {}),
    'a critical header we do not know': signedBy(own, { crit: ['exp2'], exp2: 1 }, {}),
    'typ of another purpose': signedBy(own, { typ: 'JWT' }, {}),
    'no typ': signedBy(own, { typ: undefined }, {}),
    'another audience': signedBy(own, {}, { aud: 'other' }),
    'no audience': signedBy(own, {}, { aud: undefined }),
    'another issuer': signedBy(own, {}, { iss: 'https://evil.example' }),
    'the issuer with a slash': signedBy(own, {}, { iss: `${String(payload.iss)}/` }),
    'no issuer': signedBy(own, {}, { iss: undefined }),
    'no subject': signedBy(own, {}, { sub: undefined }),
    'a subject that is an object': signedBy(own, {}, { sub: { $ne: '' } }),
    'no session': signedBy(own, {}, { sid: undefined }),
    'a session that is a list': signedBy(own, {}, { sid: [payload.sid] }),
    'no expiry': signedBy(own, {}, { exp: undefined }),
    'an expiry that is text': signedBy(own, {}, { exp: String(now + 600) }),
    'no time of issue': signedBy(own, {}, { iat: undefined }),
    'not valid yet': signedBy(own, {}, { nbf: now + 600 }),
    'issued in the future': signedBy(own, {}, { iat: now + 600, exp: now + 1200 }),
    'a second dot': `${person.accessToken}.x`,
    'a leading dot': `.${person.accessToken}`,
    'base64 instead of base64url': `${h}.${p}.${Buffer.from(s, 'base64url').toString('base64')}`,
    'not a token at all': 'x',
    'a payload that is no JSON': `${h}.${encode('not json')}.${s}`,
    'a refresh token': person.refreshToken,
    'a user id': person.userId,
  }
  expect((await me(app, person.accessToken)).status).toBe(200)
  const outcomes = await Promise.all(
    Object.entries(forgeries).map(async ([name, token]) => [name, refusal(await me(app, token))] as const),
  )
  for (const [name, outcome] of outcomes) expect([name, outcome]).toMatchObject([name, { status: 401, code: 'auth.token_invalid' }])
  const expired = signedBy(own, {}, { iat: now - 1000, exp: now - 100 })
  expect(refusal(await me(app, expired))).toMatchObject({ status: 401, code: 'auth.token_expired' })
  const everlasting = signedBy(own, {}, { iat: now - 1000, exp: now + 1_000_000 })
  expect(refusal(await me(app, everlasting))).toMatchObject({ status: 401, code: 'auth.token_expired' })
})

test("one person's token with another person's session is refused", async () => {
  await using app = await startTestApp()
  const [ada, eve] = [await app.person(), await app.person()]
  const own = (await identityOf(app.services).keys.current()).privateKey
  const [h, p] = eve.accessToken.split('.') as [string, string, string]
  const mixed = forge(decode(h), { ...decode(p), sub: ada.userId }, own)
  expect(refusal(await me(app, mixed))).toMatchObject({ status: 401, code: 'auth.session_ended' })
})

test('an access token lives for 15 minutes', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock })
  const person = await app.person()
  clock.advance(899_000)
  expect((await me(app, person.accessToken)).status).toBe(200)
  clock.advance(1_000)
  expect(refusal(await me(app, person.accessToken))).toMatchObject({ status: 401, code: 'auth.token_expired' })
})

test('anybody can verify an access token with the published keys, which hold no private half', async () => {
  await using app = await startTestApp()
  const person = await app.person()
  const { body } = await app.call('GET', '//.well-known/jwks.json')
  const { keys } = body as { keys: Json[] }
  expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']])
  const { payload } = await jwtVerify(person.accessToken, createLocalJWKSet(body as never), {
    audience: 'tollkeeper',
    issuer: app.services.publicUrl,
  })
  expect(payload).toMatchObject({ sub: person.userId })
})

test('the private half of a signing key is sealed, and does not open with another secret', async () => {
  await using app = await startTestApp()
  const { rows } = await app.services.pool.query<{ private_key: string }>('select private_key from signing_key')
  expect(rows).toHaveLength(1)
  expect(rows[0]!.private_key).not.toContain('PRIVATE')
})

test('keys are replaced every month, are published a day before they sign, and what they signed stays valid', async () => {
  const clock = manualClock('2026-01-01T00:00:00Z')
  await using app = await startTestApp({ clock })
  const second = await app.secondNode()
  const person = await app.person()
  const kidOf = (token: string) => decode(token.split('.')[0]!).kid
  const login = async () =>
    (await app.call('POST', '/auth/login', { email: person.email, password: person.password })).body as { accessToken: string }
  const published = async () =>
    ((await callerOf(second.url, {})('GET', '//.well-known/jwks.json')).body as { keys: Json[] }).keys.map(({ kid }) => kid)
  const first = kidOf(person.accessToken)
  clock.advance(29 * 86_400_000)
  expect(kidOf((await login()).accessToken)).toBe(first)
  expect(await published()).toHaveLength(2)
  clock.advance(86_400_000)
  const { accessToken } = await login()
  expect(kidOf(accessToken)).not.toBe(first)
  expect(await published()).toEqual([kidOf(accessToken), first])
  expect((await callerOf(second.url, { authorization: `Bearer ${accessToken}` })('GET', '/users/me')).status).toBe(200)
  clock.advance(3 * 86_400_000)
  expect(await published()).toEqual([kidOf(accessToken)])
})
