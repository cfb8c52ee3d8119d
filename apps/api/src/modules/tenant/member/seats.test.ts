import { expect, test } from 'vitest'
import { startTestApp } from '../../../testing/index.ts'
import { acceptInvitation } from '../invitation/accept-invitation.ts'
import { crowd, inviteCrowd, requestOf } from '../testing/crowd.ts'
import { giveSeats, inviteTo, newMember, openTeam } from '../testing/team.ts'

test('of two hundred who join at once, on two nodes, as many get in as there are seats, and the others are told why', async () => {
  await using app = await startTestApp()
  const node = await app.secondNode()
  const owner = await app.person()
  const tenantId = await openTeam(app, owner, 10)
  const people = await crowd(app.services, 200)
  const tokens = await inviteCrowd(app.services, { tenantId, inviterId: owner.userId }, people)
  const outcomes = await Promise.allSettled(
    people.map(({ userId }, turn) =>
      acceptInvitation(requestOf(turn % 2 ? node.services : app.services, userId), { token: tokens[turn]! }),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(9)
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('tenant.no_seat')
  const { rows } = await app.services.pool.query('select count(*)::int as members from member where tenant_id = $1', [tenantId])
  expect(rows[0].members).toBe(10)
  const open = await app.services.pool.query(`select count(*)::int as open from invitation where status = 'pending'`)
  expect(open.rows[0].open).toBe(191)
}, 120_000)

test('a full tenant invites nobody and takes nobody in, says what would help, and does both once a seat is free', async () => {
  await using app = await startTestApp()
  const owner = await app.person()
  const tenantId = await openTeam(app, owner, 2)
  const late = await app.person('Late')
  const { token } = await inviteTo(app, owner, tenantId, { email: late.email })
  const early = await newMember(app, owner, tenantId, { role: 'member' })

  const refused = await late.call('POST', '/invitations/accept', { token })
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'tenant.no_seat', remedies: [{ kind: 'upgrade', plan: 'starter', limit: 10 }] },
  })
  const another = await owner.call('POST', `/tenants/${tenantId}/invitations`, { email: 'another@example.test' })
  expect(another.body).toMatchObject({ code: 'tenant.no_seat' })

  await owner.call('DELETE', `/tenants/${tenantId}/members/${early.memberId}`)
  expect((await late.call('POST', '/invitations/accept', { token })).status).toBe(200)
})

test('a smaller plan removes nobody, and lets nobody in until there is room', async () => {
  await using app = await startTestApp()
  const owner = await app.person()
  const tenantId = await openTeam(app, owner, 3)
  const late = await app.person('Late')
  const { token } = await inviteTo(app, owner, tenantId, { email: late.email })
  await newMember(app, owner, tenantId, { role: 'member' })
  await giveSeats(app, tenantId, 1)
  expect((await late.call('POST', '/invitations/accept', { token })).body).toMatchObject({ code: 'tenant.no_seat' })
  const { body } = await owner.call('GET', `/tenants/${tenantId}/members`)
  expect(body).toMatchObject({ total: 2 })
})

test('whoever asks whether there is a seat is told what an invitation would be, and no seat is given, held or capped', async () => {
  await using app = await startTestApp()
  const owner = await app.person()
  const tenantId = await openTeam(app, owner, 3)
  const asOwner = { 'x-tenant-id': tenantId }
  const ask = async (amount: number) => (await owner.call('POST', '/authorize', { feature: 'seats', amount }, asOwner)).body
  expect(await ask(2)).toMatchObject({ allowed: true, limit: 3 })
  await newMember(app, owner, tenantId, { role: 'member' })
  expect(await ask(1)).toMatchObject({ allowed: true })
  expect(await ask(2)).toMatchObject({ allowed: false, code: 'quota.limit_reached', limit: 3, remaining: 1 })
  const operator = await app.operator()
  const grant = { feature: 'seats', units: 5, reason: 'a favour', source: 'manual' }
  const refused = { status: 409, body: { code: 'quota.counted_by_members' } }
  expect(await operator.call('POST', `/tenants/${tenantId}/grants`, grant)).toMatchObject(refused)
  expect(await owner.call('POST', '/gauges/seats/acquire', { holder: 'me', amount: 1 }, asOwner)).toMatchObject(refused)
})
