import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { eventually } from '../../../testing/eventually.ts'
import { callerOf, startTestApp } from '../../../testing/index.ts'
import { setUpTotp } from '../../auth/testing/authenticator.ts'
import { refusal } from '../../auth/testing/visitor.ts'
import { newMember, openTeam } from '../testing/team.ts'

test('a tenant that asks for two factors holds its members to it at once, on every node and in sessions in force; its keys go on', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock })
  const owner = await app.person()
  const key = await app.key(owner)
  const other = await app.secondNode()
  const path = `/tenants/${owner.tenantId}/security`
  expect(refusal(await owner.call('PUT', path, { secondFactorRequired: true }))).toMatchObject({
    code: 'auth.second_factor_missing',
  })
  const totp = await setUpTotp(owner, clock)
  expect(await owner.call('PUT', path, { secondFactorRequired: true })).toMatchObject({
    status: 200,
    body: { secondFactorRequired: true },
  })
  expect(await owner.call('GET', '/api-keys')).toMatchObject({ status: 200 })
  expect(await owner.call('GET', '/users/me/second-factor')).toMatchObject({ body: { enabled: true, requiredBy: ["Ada's space"] } })

  // without it their session goes on, but not in the tenant
  expect(await owner.call('DELETE', '/users/me/second-factor/totp')).toMatchObject({ status: 200 })
  const elsewhere = callerOf(other.url, { authorization: `Bearer ${owner.accessToken}` })
  for (const call of [owner.call, elsewhere]) {
    await eventually(
      () => call('GET', '/api-keys'),
      ({ body }) => (body as { code?: string }).code === 'tenant.second_factor_needed',
    )
    expect(refusal(await call('POST', '/authorize', { feature: 'characters' }))).toMatchObject({
      code: 'tenant.second_factor_needed',
    })
    expect(await call('GET', '/users/me')).toMatchObject({ status: 200 })
  }
  expect(await key.call('POST', '/authorize', { feature: 'characters', amount: 1 })).toMatchObject({ status: 200 })

  const again = await setUpTotp(owner, clock)
  expect(again.secret).not.toBe(totp.secret)
  expect(await owner.call('GET', '/api-keys')).toMatchObject({ status: 200 })
  const { rows } = await app.services.pool.query(
    `select actor_id, details from audit_entry where action = 'tenant.security_changed'`,
  )
  expect(rows).toEqual([{ actor_id: owner.userId, details: { secondFactorRequired: true } }])
}, 60_000)

test('who may ask for it is told which members have none, page by page, and of no other tenant; a member is told nothing', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock })
  const [owner, stranger] = [await app.person('Ada'), await app.person('Stranger')]
  const team = await openTeam(app, owner)
  clock.advance(1_000)
  const first = await newMember(app, owner, team, { role: 'member', name: 'Bea' })
  clock.advance(1_000)
  const second = await newMember(app, owner, team, { role: 'admin', name: 'Cleo' })
  const path = `/tenants/${team}/security/members-without`
  const namesOf = ({ body }: { body: unknown }) => (body as { rows: { name: string }[] }).rows.map(({ name }) => name)
  const all = await owner.call('GET', path)
  expect([namesOf(all), all.body]).toEqual([['Ada', 'Bea', 'Cleo'], expect.objectContaining({ total: 3, nextCursor: null })])

  await setUpTotp(first, clock)
  const page = await second.call('GET', `${path}?limit=1`)
  expect(page.body).toMatchObject({ rows: [{ name: 'Ada', email: owner.email, role: 'owner' }], total: 2 })
  const { nextCursor } = page.body as { nextCursor: string }
  expect(namesOf(await second.call('GET', `${path}?limit=1&cursor=${nextCursor}`))).toEqual(['Cleo'])

  expect(refusal(await first.call('GET', path))).toMatchObject({ code: 'access.forbidden' })
  expect(refusal(await stranger.call('GET', path))).toMatchObject({ code: 'tenant.not_found' })
  const aimed = `//trpc/tenant.security.membersWithout?input=${encodeURIComponent(JSON.stringify({ id: team }))}`
  const named = await stranger.call('GET', aimed, undefined, { 'x-tenant-id': stranger.tenantId })
  expect([named.status, JSON.stringify(named.body)]).toEqual([404, expect.stringContaining('tenant.not_found')])
}, 60_000)
