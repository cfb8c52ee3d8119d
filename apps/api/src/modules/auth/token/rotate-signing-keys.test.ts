import { randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { eventually } from '../../../testing/eventually.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { identityOf } from '../identity/identity.ts'
import { sweepAuth } from '../sweep.ts'
import { rotateSigningKeys } from './rotate-signing-keys.ts'

type Node = Pick<TestApp, 'url' | 'services'>

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string }
const me = ({ url }: Node, token: string) => callerOf(url, { authorization: `Bearer ${token}` })('GET', '/users/me')
const signIn = async ({ url }: Node, { email, password }: TestPerson) =>
  ((await callerOf(url, {})('POST', '/auth/login', { email, password })).body as { accessToken: string }).accessToken
const published = async ({ url }: Node) =>
  ((await callerOf(url, {})('GET', '//.well-known/jwks.json')).body as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)

/** A token as the holder of a signing key makes it now, of a session that goes on. */
function forged(node: Node, key: Awaited<ReturnType<typeof currentKey>>, { userId, accessToken }: TestPerson): Promise<string> {
  const now = Math.floor(node.services.clock.now().getTime() / 1000)
  return new SignJWT({ sid: claimsOf(accessToken).sid })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'at+jwt' })
    .setIssuer(node.services.publicUrl)
    .setAudience('tollkeeper')
    .setSubject(userId)
    .setIssuedAt(now)
    .setExpirationTime(now + 900)
    .sign(key.privateKey)
}
const currentKey = (node: Node) => identityOf(node.services).keys.current()

test('a rotation: the new key signs at once on every node, and what the old one signed stays valid until it expires', async () => {
  const clock = manualClock('2026-01-10T00:00:00Z')
  await using app = await startTestApp({ clock })
  const second = await app.secondNode()
  const person = await app.person()
  const [before, old] = [person.accessToken, headerOf(person.accessToken).kid]
  const { kid, replaced, acceptedUntil } = await rotateSigningKeys(app.services, { revoke: false })
  expect(replaced).toEqual([old])
  expect(acceptedUntil?.toISOString()).toBe('2026-01-11T00:05:00.000Z')
  for (const node of [app, second]) {
    await eventually(
      async () => headerOf(await signIn(node, person)).kid,
      (signing) => signing === kid,
      5_000,
    )
    expect(await published(node)).toEqual([kid, old])
    expect((await me(node, before)).status).toBe(200)
  }
  clock.advance(15 * MINUTE_MS - 1_000)
  for (const node of [app, second]) expect((await me(node, before)).status).toBe(200)
  clock.advance(1_000)
  for (const node of [app, second]) expect((await me(node, before)).body).toMatchObject({ code: 'auth.token_expired' })
})

test('a key that has ended is no longer published, what is signed with it is refused, and the sweep takes its row away', async () => {
  const clock = manualClock('2026-01-10T00:00:00Z')
  await using app = await startTestApp({ clock })
  const second = await app.secondNode()
  const [person, key] = [await app.person(), await currentKey(app)]
  const { kid } = await rotateSigningKeys(app.services, { revoke: false })
  for (const { services } of [app, second]) await services.changes.catchUp()
  const rows = async () =>
    (await app.services.pool.query('select id from signing_key order by expires_at')).rows.map(({ id }) => id)
  clock.advance(DAY_MS + 5 * MINUTE_MS - 1_000)
  await sweepAuth(app.services)
  expect(await rows()).toEqual([key.kid, kid])
  expect((await me(second, await forged(app, key, person))).status).toBe(200)
  clock.advance(1_000)
  for (const node of [app, second]) {
    expect(await published(node)).toEqual([kid])
    expect((await me(node, await forged(app, key, person))).body).toMatchObject({ code: 'auth.token_invalid' })
  }
  clock.advance(1)
  await sweepAuth(app.services)
  expect(await rows()).toEqual([kid])
})

test('keys that were replaced in time are swept as well, and none that still verifies', async () => {
  const clock = manualClock('2026-01-01T00:00:00Z')
  await using app = await startTestApp({ clock })
  const known = new Set<string>()
  for (let day = 0; day < 100; day++) {
    const { kid } = await currentKey(app)
    known.add(kid)
    await sweepAuth(app.services)
    expect(await published(app)).toContain(kid)
    clock.advance(DAY_MS)
  }
  expect(known.size).toBe(4)
  const { rows } = await app.services.pool.query('select id from signing_key')
  expect(rows.length).toBeLessThanOrEqual(2)
})

test('a revoked key: what it signed is refused on every node, and a refresh token gives what is accepted', async () => {
  await using app = await startTestApp()
  const second = await app.secondNode()
  const [person, key] = [await app.person(), await currentKey(app)]
  // both nodes have checked it before, and remember that
  for (const node of [app, second]) expect((await me(node, person.accessToken)).status).toBe(200)
  const { kid, acceptedUntil } = await rotateSigningKeys(app.services, { revoke: true })
  expect(acceptedUntil).toBe(null)
  for (const node of [app, second]) {
    await eventually(
      async () => (await me(node, person.accessToken)).status,
      (status) => status === 401,
      5_000,
    )
  }
  for (const node of [app, second]) {
    expect(await published(node)).toEqual([kid])
    expect((await me(node, await forged(app, key, person))).body).toMatchObject({ code: 'auth.token_invalid' })
  }
  const { status, body } = await app.call('POST', '/auth/refresh', { refreshToken: person.refreshToken })
  expect(status).toBe(200)
  for (const node of [app, second]) expect((await me(node, (body as { accessToken: string }).accessToken)).status).toBe(200)
})

test('a node that cannot read the change feed does not go on trusting a key', async () => {
  await using app = await startTestApp()
  const second = await app.secondNode()
  const person = await app.person()
  expect((await me(second, person.accessToken)).status).toBe(200)
  await second.services.changes.close()
  await expect.poll(() => second.services.changes.isFresh(), { timeout: 2_000 }).toBe(false)
  await rotateSigningKeys(app.services, { revoke: true })
  expect((await me(second, person.accessToken)).body).toMatchObject({ code: 'auth.token_invalid' })
})

test('a key that was made to sign later, and has signed nothing, is dropped with the others', async () => {
  const clock = manualClock('2026-01-01T00:00:00Z')
  await using app = await startTestApp({ clock })
  const first = await currentKey(app)
  clock.advance(29 * DAY_MS)
  await currentKey(app)
  expect(await published(app)).toHaveLength(2)
  const { kid } = await rotateSigningKeys(app.services, { revoke: false })
  await app.services.changes.catchUp()
  expect(await published(app)).toEqual([kid, first.kid])
})

test('of rotations at once the last signs, and it is written down that there were so many', async () => {
  await using app = await startTestApp()
  const done = await Promise.all(Array.from({ length: 5 }, () => rotateSigningKeys(app.services, { revoke: false })))
  await app.services.changes.catchUp()
  const signing = (await currentKey(app)).kid
  expect(done.map(({ kid }) => kid)).toContain(signing)
  const { rows } = await app.services.pool.query(`select target from audit_entry where action = 'signing_keys.rotated'`)
  expect(rows.map(({ target }) => target).sort()).toEqual(done.map(({ kid }) => kid).sort())
})

test('with another secret than the servers’ nothing is rotated', async () => {
  await using app = await startTestApp()
  const { kid } = await currentKey(app)
  const other = { ...app.services, secrets: { ...app.services.secrets, seal: randomBytes(32) } }
  await expect(rotateSigningKeys(other, { revoke: true })).rejects.toThrow(/TOLLKEEPER_SECRET/)
  await app.services.changes.catchUp()
  expect(await published(app)).toEqual([kid])
})
