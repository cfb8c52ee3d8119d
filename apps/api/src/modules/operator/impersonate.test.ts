import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { declaredProcedures } from '../../testing/declared-procedures.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { sampleInput } from '../../testing/sample-input.ts'
import { mailsTo } from '../auth/testing/visitor.ts'
import { operatorWith } from './testing/operator-with.ts'

const clock = manualClock(new Date())
let app: TestApp
let owner: TestPerson

beforeAll(async () => {
  app = await startTestApp({ clock })
  owner = await app.operator()
})
afterAll(() => app[Symbol.asyncDispose]())

const reason = 'Ticket 4711: the usage page stays empty'

async function actAs(operator: TestPerson, person: TestPerson) {
  const answer = await operator.call('POST', `/users/${person.userId}/impersonate`, { reason })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  const started = answer.body as { sessionId: string; accessToken: string; link: string; expiresAt: string }
  return { ...started, call: callerOf(app.url, { authorization: `Bearer ${started.accessToken}` }) }
}

test('whoever acts as a person sees what they see, is named in the session and in its token, and the person is told', async () => {
  const ada = await app.person()
  const acting = await actAs(await operatorWith(app, 'support'), ada)
  const me = (await acting.call('GET', '/users/me')).body as { user: object; impersonatedBy: string }
  expect(me.user).toMatchObject({ id: ada.userId, operatorRole: null })
  expect(decodeJwt(acting.accessToken)).toMatchObject({ sub: ada.userId, act: { sub: me.impersonatedBy } })
  expect(me.impersonatedBy).toMatch(/^usr_/)
  expect((await ada.call('GET', '/users/me')).body).not.toHaveProperty('impersonatedBy')
  const detail = (await owner.call('GET', `/users/${ada.userId}`)).body as { sessions: object[] }
  expect(detail.sessions).toContainEqual(expect.objectContaining({ id: acting.sessionId, impersonatorId: me.impersonatedBy }))
  const mail = (await mailsTo(app, ada.email)).find(({ subject }) => subject === 'An operator opened your account')
  expect(mail!.text).toContain(reason)
})

test('the link lets one browser in, once and within a minute, and there too it is marked and ends', async () => {
  const ada = await app.person()
  const tokenOf = (link: string) => new URL(link).searchParams.get('token')!
  const enter = (token: string) => app.call('POST', '//trpc/auth.enterImpersonation', { token })
  const started = await actAs(owner, ada)
  expect(started.link.startsWith(`${app.services.publicUrl}/impersonate?token=`)).toBe(true)
  const entered = await Promise.all(Array.from({ length: 5 }, () => enter(tokenOf(started.link))))
  const inside = entered.filter(({ status }) => status === 200)
  expect(inside).toHaveLength(1)
  const cookie = inside[0]!.headers.getSetCookie()[0]!.split(';')[0]!
  const me = await app.call('GET', '//trpc/auth.me', undefined, { cookie })
  expect(me.body).toMatchObject({
    result: { data: { user: { id: ada.userId }, impersonatedBy: owner.userId, impersonationEndsAt: started.expiresAt } },
  })
  const rename = await app.call(
    'POST',
    '//trpc/auth.account.changeProfile',
    { name: 'X' },
    { cookie, origin: app.services.publicUrl },
  )
  expect(rename.body).toMatchObject({ error: { data: { code: 'access.impersonated' } } })
  const signOut = await app.call('POST', '//trpc/auth.signOut', {}, { cookie, origin: app.services.publicUrl })
  expect(signOut.status).toBe(200)
  expect((await app.call('GET', '//trpc/auth.me', undefined, { cookie })).status).toBe(401)

  const late = await actAs(owner, ada)
  clock.advance(61_000)
  expect((await enter(tokenOf(late.link))).body).toMatchObject({ error: { data: { code: 'auth.link_expired' } } })
})

test('it can be looked and asked, and nothing else: every procedure that changes something is refused', async () => {
  const ada = await app.person()
  const key = await app.key(ada)
  const acting = await actAs(owner, ada)
  const changes = declaredProcedures().filter(
    ({ meta, type }) =>
      type === 'mutation' &&
      meta?.permission !== 'public' &&
      meta?.permission !== 'decision:ask' &&
      meta?.audit !== 'session.ended',
  )
  expect(changes.length).toBeGreaterThan(15)
  for (const { name, input } of changes) {
    const body = sampleInput(input, { key: key.id, usr: ada.userId, ten: ada.tenantId })
    const answer = await acting.call('POST', `//trpc/${name}`, body ?? {})
    expect(answer.body, name).toMatchObject({ error: { data: { code: 'access.impersonated' } } })
  }
  expect((await acting.call('GET', '/api-keys')).status).toBe(200)
  expect((await acting.call('POST', '/authorize', { feature: 'characters', amount: 1 })).body).toMatchObject({ allowed: true })
  expect((await key.call('POST', '/check', { feature: 'characters' })).status).toBe(200)
})

test('it ends by signing out, and what is written down names both', async () => {
  const ada = await app.person()
  const acting = await actAs(owner, ada)
  expect((await acting.call('POST', '/auth/logout')).status).toBe(200)
  expect((await acting.call('GET', '/users/me')).status).toBe(401)
  expect((await ada.call('GET', '/users/me')).status).toBe(200)
  const { audit } = (await owner.call('GET', `/users/${ada.userId}`)).body as { audit: object[] }
  expect(audit).toContainEqual(
    expect.objectContaining({ action: 'session.ended', actor: { kind: 'user', id: ada.userId, impersonatorId: owner.userId } }),
  )
  expect(audit).toContainEqual(
    expect.objectContaining({ action: 'user.impersonated', details: { reason, sessionId: acting.sessionId } }),
  )
})

test('it ends with the operator: when they are suspended, or lose the role', async () => {
  const ada = await app.person()
  const [first, second] = [await operatorWith(app, 'support'), await operatorWith(app, 'support')]
  const [one, other] = [await actAs(first, ada), await actAs(second, ada)]
  await owner.call('PUT', `/users/${first.userId}/status`, { status: 'suspended', reason })
  await owner.call('PUT', `/users/${second.userId}/role`, { role: 'viewer' })
  for (const { call } of [one, other]) expect((await call('GET', '/users/me')).status).toBe(401)
  expect((await ada.call('GET', '/users/me')).status).toBe(200)
})

test('nobody acts as an operator, as themselves, as somebody suspended, without the permission, or without a reason', async () => {
  const [viewer, admin, ada] = [await operatorWith(app, 'viewer'), await operatorWith(app, 'admin'), await app.person()]
  const attempt = async (by: TestPerson, id: string, body: object = { reason }) =>
    ((await by.call('POST', `/users/${id}/impersonate`, body)).body as { code: string }).code
  expect(await attempt(owner, viewer.userId)).toBe('operator.beyond_role')
  expect(await attempt(admin, admin.userId)).toBe('operator.own_account')
  expect(await attempt(viewer, ada.userId)).toBe('operator.permission_missing')
  expect(await attempt(owner, ada.userId, {})).toBe('input.invalid')
  await owner.call('PUT', `/users/${ada.userId}/status`, { status: 'suspended', reason })
  expect(await attempt(owner, ada.userId)).toBe('auth.user_suspended')
})

test('after fifteen minutes it is over', async () => {
  const acting = await actAs(owner, await app.person())
  clock.advance(14 * 60_000)
  expect((await acting.call('GET', '/users/me')).status).toBe(200)
  clock.advance(61_000)
  expect((await acting.call('GET', '/users/me')).status).toBe(401)
})
