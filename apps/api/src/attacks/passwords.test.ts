import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { behindProxy, visitor } from '../modules/auth/testing/visitor.ts'
import { startTestApp, type TestApp, verificationToken } from '../testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ environment: behindProxy })
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

let people = 0

async function signUp(password: string): Promise<{ email: string; status: number }> {
  const email = `somebody${++people}@example.test`
  const { status } = await app.call('POST', '/auth/register', { email, password, name: 'Ng' })
  if (status !== 202) return { email, status }
  const token = await verificationToken(app.call, email)
  return { email, status: (await app.call('GET', `/auth/verify-email?token=${encodeURIComponent(token)}`)).status }
}

const signIn = async (email: string, password: string) => (await visitor(app)('POST', '/auth/login', { email, password })).status

/** Any text of 12 to 128 code points that no guesser tries: letters of many scripts, signs, emoji, spaces, combining marks. */
const password = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'áßøłñçÅﬁΩжЖ字漢カひ한ไขआ🜁🜂🦆👩‍👩‍👧‍👦\u0301\u0308'),
      fc.constantFrom(...' .,-_!?"\\/<>&%$#@^~`|{}[]()+=*;:'),
      fc.constantFrom(...'kqxzvwjyKQXZVWJY0123456789'),
    ),
    { minLength: 24, maxLength: 100 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => {
    const points = [...text.normalize('NFKC')]
    return points.length >= 12 && points.length <= 128 && new Set(points).size > 10
  })

/** The password with one code point other, gone or more; never one that is the same password after normalisation. */
function oneAway(text: string): string[] {
  const points = [...text.normalize('NFKC')]
  const at = Math.floor(points.length / 2)
  const changed = [
    points.with(at, points[at] === 'q' ? 'w' : 'q'),
    points.toSpliced(at, 1),
    points.toSpliced(at, 0, 'q'),
    points.slice(0, -1),
    [...points, ' '],
  ].map((one) => one.join(''))
  return changed.filter((one) => one.normalize('NFKC') !== text.normalize('NFKC'))
}

test('whatever text of 12 to 128 code points is chosen opens the account, however it is composed, and nothing one code point away does', async () => {
  await fc.assert(
    fc.asyncProperty(password, async (text) => {
      const { email, status } = await signUp(text)
      expect(status).toBe(200)
      for (const form of new Set([text, text.normalize('NFD'), text.normalize('NFKC')])) expect(await signIn(email, form)).toBe(200)
      for (const other of oneAway(text)) expect([other, await signIn(email, other)]).toEqual([other, 401])
    }),
    { numRuns: 8, seed: 20261125, endOnFailure: true },
  )
}, 240_000)

test('the 129th code point is refused and never cut off', async () => {
  const longest = [...'orchard lantern quartz '.repeat(6)].slice(0, 128).join('')
  const { email, status } = await signUp(longest)
  expect(status).toBe(200)
  expect(await signIn(email, longest)).toBe(200)
  expect(await signIn(email, `${longest}x`)).toBe(401)
  expect(await signIn(email, longest.slice(0, 127))).toBe(401)
  expect((await signUp(`${longest}x`)).status).toBe(400)
})

test('of three thousand passwords of breaches that are long enough, none registers anybody, nor sets or changes a password', async () => {
  const file = join(import.meta.dirname, '../modules/auth/password/breached-passwords.txt.gz')
  const long = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((entry) => [...entry].length >= 12)
  expect(long.length).toBeGreaterThan(15_000)
  const accepted: string[] = []
  for (const password of long.filter((_, index) => index % 5 === 0).slice(0, 3_000)) {
    const { statusCode } = await app.server.app.inject({
      method: 'POST',
      url: '/api/v1/auth/register',
      payload: { email: 'breached@example.test', password, name: 'Ng' },
    })
    if (statusCode !== 400) accepted.push(`${password}: ${statusCode}`)
  }
  expect(accepted).toEqual([])
  const person = await app.person()
  const body = { currentPassword: person.password, newPassword: long[77] }
  expect((await person.call('PUT', '/users/me/password', body)).body).toMatchObject({ code: 'auth.password_refused' })
}, 240_000)

test('the name of a tenant somebody belongs to is no password of theirs', async () => {
  const person = await app.person()
  await person.call('POST', '/tenants', { name: 'Zephyrine Quarries' })
  const body = { currentPassword: person.password, newPassword: 'Zephyrine-Quarries-26' }
  expect((await person.call('PUT', '/users/me/password', body)).body).toMatchObject({ code: 'auth.password_refused' })
})

test('every password is kept as Argon2id of at least 19 MiB and two passes, with a salt of its own', async () => {
  await signUp('the same password of two')
  await signUp('the same password of two')
  const { rows } = await app.services.pool.query<{ password: string }>(
    `select password from account where provider_id = 'credential' union all select password_hash from registration`,
  )
  expect(rows.length).toBeGreaterThan(3)
  for (const { password } of rows) {
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/.exec(password)!
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456)
    expect(Number(passes)).toBeGreaterThanOrEqual(2)
  }
  expect(new Set(rows.map(({ password }) => password)).size).toBe(rows.length)
})
