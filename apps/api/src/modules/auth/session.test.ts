import { Session, User } from '@tollkeeper/db'
import { expect, test } from 'vitest'
import { announceChange } from '../../kernel/change-feed.ts'
import { manualClock } from '../../kernel/clock.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { type Answer, callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { identityOf } from './identity/identity.ts'
import { behindProxy, refusal, visitor } from './testing/visitor.ts'

/** Signs in as a page of the server's own origin does. */
function signIn(app: Pick<TestApp, 'url'>, { email, password }: TestPerson, headers: Record<string, string> = {}): Promise<Answer> {
  return visitor(app)('POST', '//trpc/auth.signIn', { email, password }, headers)
}

const cookieOf = ({ headers }: Answer) => headers.getSetCookie()[0]!.split(';')[0]!
/** Calls as a page does, by default one of the server's own. */
const asBrowser = ({ url, services }: TestApp, cookie: string, origin = services.publicUrl) => callerOf(url, { cookie, origin })

test('the session is in one cookie that no page can read, of this path, and sent by no other site', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const answer = await signIn(app, await app.person())
  expect(answer.status).toBe(200)
  const cookies = answer.headers.getSetCookie()
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/^tollkeeper\.session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(cookies[0]!.length).toBeLessThan(4096)
  expect(JSON.stringify(answer.body)).not.toContain(decodeURIComponent(cookieOf(answer).split('=')[1]!).split('.')[0])
})

test('the cookie opens what an access token opens, with the same person', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const cookie = cookieOf(await signIn(app, person))
  expect((await asBrowser(app, cookie)('GET', '/users/me')).body).toEqual((await person.call('GET', '/users/me')).body)
})

test('a page of another origin cannot change anything with the cookie, nor can one that hides its origin', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const cookie = cookieOf(await signIn(app, person))
  for (const origin of [
    'https://evil.example',
    `${app.services.publicUrl}.evil.example`,
    'null',
    app.services.publicUrl.replace('http:', 'https:'),
  ]) {
    const answer = await asBrowser(app, cookie, origin)('POST', '/auth/logout')
    expect(refusal(answer)).toMatchObject({ status: 403, code: 'access.cross_origin' })
  }
  expect((await callerOf(app.url, { cookie })('POST', '/auth/logout')).status).toBe(403)
  expect((await asBrowser(app, cookie)('POST', '/auth/logout')).status).toBe(200)
})

test('an expired session is refused, though its row is still there', async () => {
  const clock = manualClock('2026-11-01T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const cookie = cookieOf(await signIn(app, await app.person()))
  const call = asBrowser(app, cookie)
  clock.advance(30 * 86_400_000 - 1000)
  expect((await call('GET', '/users/me')).status).toBe(200)
  clock.advance(1000)
  expect((await call('GET', '/users/me')).status).toBe(401)
})

test('better-auth itself refuses an expired session: dates reach it as dates', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const cookie = cookieOf(await signIn(app, await app.person()))
  const { api } = identityOf(app.services).betterAuth
  const ask = () => api.getSession({ headers: new Headers({ cookie }) })
  expect((await ask())?.session.expiresAt).toBeInstanceOf(Date)
  await inSystemTransaction(app.services, ({ em }) => em.nativeUpdate(Session, {}, { expiresAt: new Date(Date.now() - 1000) }))
  expect(await ask()).toBe(null)
})

test('signing out is soon seen on every node, and the cookie is taken away', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const cookie = cookieOf(await signIn(app, await app.person()))
  const [here, there] = [asBrowser(app, cookie), callerOf(second.url, { cookie })]
  expect([(await here('GET', '/users/me')).status, (await there('GET', '/users/me')).status]).toEqual([200, 200])
  const out = await here('POST', '//trpc/auth.signOut', undefined, { 'content-type': 'application/json' })
  expect(out.headers.getSetCookie()[0]).toMatch(/^tollkeeper\.session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/)
  expect((await here('GET', '/users/me')).status).toBe(401)
  await expect.poll(async () => (await there('GET', '/users/me')).status, { timeout: 15_000, interval: 50 }).toBe(401)
})

test('suspending a person soon ends what they hold on every node', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  const cookie = cookieOf(await signIn(app, person))
  const calls = [app, second].flatMap(({ url }) => [
    callerOf(url, { cookie }),
    callerOf(url, { authorization: `Bearer ${person.accessToken}` }),
  ])
  const statuses = () => Promise.all(calls.map(async (call) => (await call('GET', '/users/me')).status))
  expect(await statuses()).toEqual([200, 200, 200, 200])
  await inSystemTransaction(app.services, async ({ em }) => {
    await em.nativeUpdate(User, { id: person.userId }, { status: 'suspended' })
    announceChange(em, 'user', person.userId)
  })
  await expect.poll(statuses, { timeout: 15_000, interval: 50 }).toEqual([401, 403, 401, 403])
})

test('while the change feed cannot be read, memory is not trusted', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  expect((await person.call('GET', '/users/me')).status).toBe(200)
  await app.services.changes.close()
  await expect.poll(() => app.services.changes.isFresh(), { timeout: 2000 }).toBe(false)
  await app.services.pool.query('delete from session where user_id = $1', [person.userId])
  expect((await person.call('GET', '/users/me')).status).toBe(401)
})

test('a sign-in always makes a new session and ends the one the browser had', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const before = cookieOf(await signIn(app, person))
  const after = cookieOf(await signIn(app, person, { cookie: before, origin: app.services.publicUrl }))
  expect(after).not.toBe(before)
  expect((await asBrowser(app, before)('GET', '/users/me')).status).toBe(401)
  expect((await asBrowser(app, after)('GET', '/users/me')).status).toBe(200)
})

test('a session token read from the database is not enough: the cookie is signed', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  await signIn(app, await app.person())
  const { rows } = await app.services.pool.query<{ token: string }>('select token from session')
  expect(rows.length).toBeGreaterThan(0)
  for (const { token } of rows) {
    expect((await callerOf(app.url, { cookie: `tollkeeper.session=${token}` })('GET', '/users/me')).status).toBe(401)
    expect((await callerOf(app.url, { cookie: `tollkeeper.session=${token}.${token}` })('GET', '/users/me')).status).toBe(401)
    expect((await callerOf(app.url, { authorization: `Bearer ${token}` })('GET', '/users/me')).status).toBe(401)
  }
})

test('of better-auth nothing can be reached that we did not open', async () => {
  await using app = await startTestApp({
    environment: { ...behindProxy, GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' },
  })
  const { api } = identityOf(app.services).betterAuth
  const paths = new Set(
    Object.values(api).flatMap((endpoint) => ('path' in endpoint && typeof endpoint.path === 'string' ? [endpoint.path] : [])),
  )
  expect(paths.size).toBeGreaterThan(20)
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      // the way back from a provider, which is ours
      if (method === 'GET' && path === '/callback/:id') continue
      const answer = await visitor(app)(method, `//api/auth${path.replace(':id', 'github')}`, method === 'GET' ? undefined : {})
      expect({ method, path, refused: [404, 405].includes(answer.status) }).toEqual({ method, path, refused: true })
    }
  }
  for (const path of [
    '//api/auth/ok',
    '//api/auth/sign-in/social/',
    '//api/auth/callback/evil',
    '//api/auth//sign-up/email',
    '//api/auth/%73ign-up/email',
  ]) {
    const { status } = await visitor(app)('POST', path, { email: 'a@example.test', password: 'orchard lantern 57', name: 'A' })
    expect([404, 405]).toContain(status)
  }
})
