import { type KeyObject, sign } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { callerOf, startTestApp, type TestApp } from '../../../testing/index.ts'
import { identityOf } from '../identity/identity.ts'
import { refusal } from '../testing/visitor.ts'

type Json = Record<string, unknown>

const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json
const forge = (header: Json, payload: Json, key: KeyObject) => {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}

async function me(app: TestApp, token: string) {
  return callerOf(app.url, { authorization: `Bearer ${token}` })('GET', '/users/me')
}

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
