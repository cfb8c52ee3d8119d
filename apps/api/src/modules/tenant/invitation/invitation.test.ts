import { TenantRole, tenantRoles } from '@tollkeeper/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { behindProxy, mailsTo, visitor } from '../../auth/testing/visitor.ts'
import { crowd, requestOf } from '../testing/crowd.ts'
import { inviteTo, linkTo, newMember, openTeam, rolesIn } from '../testing/team.ts'
import { acceptInvitation } from './accept-invitation.ts'

const clock = manualClock(new Date())
let app: TestApp
let owner: TestPerson
beforeAll(async () => {
  app = await startTestApp({ clock, environment: behindProxy })
  owner = await app.person('Olga')
})
afterAll(() => app[Symbol.asyncDispose]())

let addresses = 0
const newAddress = () => `invited${++addresses}@example.test`
const membersOf = async (tenantId: string) =>
  (await app.services.pool.query('select user_id, role from member where tenant_id = $1', [tenantId])).rows as {
    user_id: string
    role: string
  }[]

test('who is invited joins with the link from the mail, in the role that was offered, and it is written down', async () => {
  const tenantId = await openTeam(app, owner)
  const bert = await app.person('Bert')
  const { token } = await inviteTo(app, owner, tenantId, { email: bert.email.toUpperCase(), role: 'admin' })
  const offer = await app.call('GET', `/invitations?token=${token}`)
  expect(offer.body).toMatchObject({ tenant: 'Team', inviter: 'Olga', email: bert.email, role: 'admin', status: 'pending' })

  const joined = await bert.call('POST', '/invitations/accept', { token })
  expect(joined).toMatchObject({ status: 200, body: { tenantId, role: 'admin' } })
  expect(await rolesIn(bert, tenantId)).toEqual({ [owner.email]: 'owner', [bert.email]: 'admin' })
  const { body } = await owner.call('GET', '/audit', undefined, { 'x-tenant-id': tenantId })
  const entries = (body as { rows: { action: string; actor: { id: string } }[] }).rows
  expect(entries.find(({ action }) => action === 'member.joined')?.actor.id).toBe(bert.userId)
  expect(entries.find(({ action }) => action === 'invitation.created')?.actor.id).toBe(owner.userId)
})

describe('a link opens nothing for anybody but who proved exactly the invited address, and nothing once it has ended', () => {
  interface Case {
    tenantId: string
    token: string
    id: string
    invited: TestPerson
    inviter: TestPerson & { memberId: string }
  }
  const set = (userId: string, column: string, value: unknown) =>
    app.services.pool.query(`update "user" set ${column} = $2 where id = $1`, [userId, value])
  const announceAll = () => app.services.pool.query(`insert into change (kind, subject) select 'user', id from "user"`)
  const accept = ({ invited, token }: Case) => invited.call('POST', '/invitations/accept', { token })

  const refusals: Record<string, { spoil: (one: Case) => Promise<unknown>; code: string }> = {
    'the same address, not proved': {
      code: 'invitation.other_address',
      spoil: ({ invited }) => set(invited.userId, 'email_verified', false),
    },
    'another address': { code: 'invitation.other_address', spoil: ({ invited }) => set(invited.userId, 'email', newAddress()) },
    'the address in another case': {
      code: 'invitation.other_address',
      spoil: ({ invited }) => set(invited.userId, 'email', invited.email.replace('p', 'P')),
    },
    'an address that only looks like it': {
      code: 'invitation.other_address',
      spoil: ({ invited }) => set(invited.userId, 'email', invited.email.replace('e', 'е')),
    },
    'a letter that becomes another in lower case': {
      code: 'invitation.other_address',
      spoil: ({ invited }) => set(invited.userId, 'email', invited.email.replace('s', 'ſ')),
    },
    'a suspended person': {
      code: 'auth.user_suspended',
      spoil: async ({ invited }) => {
        await set(invited.userId, 'status', 'suspended')
        await announceAll()
        await app.services.changes.catchUp()
      },
    },
    'a revoked invitation': {
      code: 'invitation.ended',
      spoil: ({ tenantId, id }) => owner.call('DELETE', `/tenants/${tenantId}/invitations/${id}`),
    },
    'a declined invitation': {
      code: 'invitation.ended',
      spoil: ({ token }) => app.call('POST', '/invitations/decline', { token }),
    },
    'an expired invitation': {
      code: 'invitation.expired',
      spoil: ({ id }) => app.services.pool.query(`update invitation set expires_at = $2 where id = $1`, [id, clock.now()]),
    },
    'an older link of one that was sent again': {
      code: 'invitation.not_found',
      spoil: ({ tenantId, id }) => owner.call('POST', `/tenants/${tenantId}/invitations/${id}/resend`),
    },
    'an inviter who was removed': {
      code: 'invitation.ended',
      spoil: ({ tenantId, inviter }) => owner.call('DELETE', `/tenants/${tenantId}/members/${inviter.memberId}`),
    },
    'an inviter who left': {
      code: 'invitation.ended',
      spoil: ({ tenantId, inviter }) => inviter.call('POST', `/tenants/${tenantId}/leave`),
    },
    'an inviter who may not invite any more': {
      code: 'invitation.ended',
      spoil: ({ tenantId, inviter }) =>
        owner.call('PUT', `/tenants/${tenantId}/members/${inviter.memberId}/role`, { role: 'member' }),
    },
    'an inviter whom an operator suspended': {
      code: 'invitation.ended',
      spoil: ({ inviter }) => set(inviter.userId, 'status', 'suspended'),
    },
    'a suspended tenant': {
      code: 'tenant.suspended',
      spoil: ({ tenantId }) => app.services.pool.query(`update tenant set status = 'suspended' where id = $1`, [tenantId]),
    },
    'a tenant they belong to already': {
      code: 'member.exists',
      spoil: ({ tenantId, invited }) =>
        app.services.pool.query(`insert into member (tenant_id, id, user_id, role) values ($1, 'mem_x', $2, 'member')`, [
          tenantId,
          invited.userId,
        ]),
    },
  }

  test.each(Object.entries(refusals))('%s', async (_name, { spoil, code }) => {
    const tenantId = await openTeam(app, owner)
    const inviter = await newMember(app, owner, tenantId, { role: 'admin' })
    const invited = await app.person('Ivy')
    const one = { tenantId, invited, inviter, ...(await inviteTo(app, inviter, tenantId, { email: invited.email })) }
    await spoil(one)
    const before = await membersOf(tenantId)
    const refused = await accept(one)
    expect(refused.body).toMatchObject({ code })
    expect(await membersOf(tenantId)).toEqual(before)
  })
})

test('of fifty calls with one link, on two nodes, one makes a member', async () => {
  const tenantId = await openTeam(app, owner)
  const node = await app.secondNode()
  const [one] = await crowd(app.services, 1)
  const { token } = await inviteTo(app, owner, tenantId, { email: one!.email })
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_none, turn) =>
      acceptInvitation(requestOf(turn % 2 ? node.services : app.services, one!.userId), { token }),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('invitation.ended')
  expect(await membersOf(tenantId)).toHaveLength(2)
})

describe('nobody offers a role that holds what they do not', () => {
  const pairs = TenantRole.options.flatMap((held) => TenantRole.options.map((offered) => [held, offered] as const))
  test.each(pairs)('%s invites as %s', async (held, offered) => {
    const tenantId = await openTeam(app, owner)
    const inviter = held === 'owner' ? owner : await newMember(app, owner, tenantId, { role: held })
    const permissions: readonly string[] = tenantRoles[held]
    const may = permissions.includes('member:write') && tenantRoles[offered].every((each) => permissions.includes(each))
    const email = newAddress()
    const { status, body } = await inviter.call('POST', `/tenants/${tenantId}/invitations`, { email, role: offered })
    expect(status, JSON.stringify(body)).toBe(may ? 201 : 403)
    expect(await mailsTo(app, email)).toHaveLength(may ? 1 : 0)
  })
})

test('when an inviter becomes less, what they offered above that ends, and the rest stays open', async () => {
  const tenantId = await openTeam(app, owner)
  const other = await newMember(app, owner, tenantId, { role: 'owner' })
  const high = await inviteTo(app, other, tenantId, { email: newAddress(), role: 'owner' })
  const low = await inviteTo(app, other, tenantId, { email: newAddress(), role: 'admin' })
  await owner.call('PUT', `/tenants/${tenantId}/members/${other.memberId}/role`, { role: 'admin' })
  const { body } = await owner.call('GET', `/tenants/${tenantId}/invitations?status=pending`)
  const open = (body as { rows: { id: string }[] }).rows.map(({ id }) => id)
  expect(open).toContain(low.id)
  expect(open).not.toContain(high.id)
})

test('an address has one open invitation to a tenant, in any case and however many ask at once', async () => {
  const tenantId = await openTeam(app, owner)
  const email = newAddress()
  const ask = (turn: number) =>
    owner.call('POST', `/tenants/${tenantId}/invitations`, { email: turn % 2 ? email.toUpperCase() : email })
  const answers = await Promise.all(Array.from({ length: 12 }, (_none, turn) => ask(turn)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  for (const { status, body } of answers) if (status !== 201) expect(body).toMatchObject({ code: 'invitation.pending' })
  expect(await mailsTo(app, email)).toHaveLength(1)
})

test('one that has expired makes room for another, and can be sent again', async () => {
  const tenantId = await openTeam(app, owner)
  const [one, other] = [newAddress(), newAddress()]
  const first = await inviteTo(app, owner, tenantId, { email: one })
  const second = await inviteTo(app, owner, tenantId, { email: other })
  await app.services.pool.query('update invitation set expires_at = $2 where tenant_id = $1', [tenantId, clock.now()])
  clock.advance(1_000)
  const again = await inviteTo(app, owner, tenantId, { email: one })
  expect(again.id).not.toBe(first.id)
  const resent = await owner.call('POST', `/tenants/${tenantId}/invitations/${second.id}/resend`)
  expect(resent.body).toMatchObject({ id: second.id, status: 'pending', sends: 2 })
  expect(await linkTo(app, other)).not.toBe(second.token)
})

test('one address gets six invitations an hour, from all tenants together', async () => {
  const email = newAddress()
  for (let turn = 0; turn < 6; turn++) await inviteTo(app, owner, await openTeam(app, owner), { email })
  const seventh = await owner.call('POST', `/tenants/${await openTeam(app, owner)}/invitations`, { email })
  expect(seventh.body).toMatchObject({ code: 'invitation.too_many', retryAfterSeconds: expect.any(Number) })
  expect(await mailsTo(app, email)).toHaveLength(6)
})

test('a link is in its mail and nowhere else: not in an answer, and in the database only as a hash', async () => {
  const tenantId = await openTeam(app, owner)
  const email = newAddress()
  const { body } = await owner.call('POST', `/tenants/${tenantId}/invitations`, { email })
  const token = await linkTo(app, email)
  const list = await owner.call('GET', `/tenants/${tenantId}/invitations`)
  expect(JSON.stringify([body, list.body])).not.toContain(token)
  const { rows } = await app.services.pool.query(
    `select to_jsonb(i)::text as row from invitation i union all select to_jsonb(e)::text from email_message e union all select to_jsonb(a)::text from audit_entry a`,
  )
  expect(JSON.stringify(rows)).not.toContain(token)
})

describe('an account that is made with an invitation', () => {
  const password = 'chosen by who has the mail'

  test('has a proved address and is a member at once; what a stranger had prepared for the address opens nothing', async () => {
    const tenantId = await openTeam(app, owner)
    const email = newAddress()
    const prepared = 'prepared by somebody else'
    await visitor(app)('POST', '/auth/register', { email, name: 'Stranger', password: prepared })
    const { token } = await inviteTo(app, owner, tenantId, { email })
    const made = await app.call('POST', '/invitations/register', { token, name: 'Ivy', password })
    expect(made).toMatchObject({ status: 201, body: { tenantId, email, role: 'member' } })

    const login = await app.call('POST', '/auth/login', { email, password })
    expect(login.body).toMatchObject({ user: { email, emailVerified: true, name: 'Ivy' }, tenants: [{ id: tenantId }] })
    expect((await visitor(app)('POST', '/auth/login', { email, password: prepared })).status).toBe(401)
    const { rows } = await app.services.pool.query('select 1 from registration where email = $1', [email])
    expect(rows).toEqual([])
    const me = callerOf(app.url, { authorization: `Bearer ${(login.body as { accessToken: string }).accessToken}` })
    expect((await me('GET', `/tenants/${tenantId}`)).status).toBe(200)
  })

  test('is not made where there is one: nothing of that account changes, and the invitation stays open for it', async () => {
    const tenantId = await openTeam(app, owner)
    const bert = await app.person('Bert')
    const { token } = await inviteTo(app, owner, tenantId, { email: bert.email })
    const refused = await app.call('POST', '/invitations/register', { token, name: 'Not Bert', password })
    expect(refused.body).toMatchObject({ code: 'invitation.account_exists' })
    expect((await visitor(app)('POST', '/auth/login', { email: bert.email, password })).status).toBe(401)
    expect((await bert.call('POST', '/invitations/accept', { token })).status).toBe(200)
  })

  test('is made once, however often it is asked for at once, and not at all with a password that is refused', async () => {
    const tenantId = await openTeam(app, owner)
    const email = newAddress()
    const { token } = await inviteTo(app, owner, tenantId, { email })
    const weak = await app.call('POST', '/invitations/register', { token, name: 'Ivy', password: 'passwordpassword' })
    expect(weak.body).toMatchObject({ code: 'auth.password_refused' })
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_none, turn) =>
        visitor(app)('POST', '/invitations/register', { token, name: 'Ivy', password: `${password} ${turn}` }),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await membersOf(tenantId)).toHaveLength(2)
  })
})
