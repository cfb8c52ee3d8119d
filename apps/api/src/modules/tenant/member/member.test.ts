import { TenantRole, tenantRoles } from '@tollkeeper/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../../testing/eventually.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { giveSeats, newMember, openTeam, rolesIn } from '../testing/team.ts'

let app: TestApp
let owner: TestPerson
beforeAll(async () => {
  app = await startTestApp()
  owner = await app.person('Olga')
})
afterAll(() => app[Symbol.asyncDispose]())

const covers = (held: TenantRole, wanted: TenantRole) =>
  tenantRoles[wanted].every((permission) => (tenantRoles[held] as readonly string[]).includes(permission))
const ownMemberId = async (person: TestPerson, tenantId: string) => {
  const { body } = await person.call('GET', `/tenants/${tenantId}/members?search=${encodeURIComponent(person.email)}`)
  return (body as { rows: { id: string }[] }).rows[0]!.id
}

test('members are found by a part of their name or address, page by page, each once', async () => {
  const tenantId = await openTeam(app, owner)
  const zoe = await newMember(app, owner, tenantId, { role: 'member', name: 'Zoë 50%_' })
  for (let count = 0; count < 3; count++) await newMember(app, owner, tenantId, { role: 'member' })
  const list = async (query: string) =>
    (await owner.call('GET', `/tenants/${tenantId}/members${query}`)).body as {
      rows: { id: string; email: string }[]
      nextCursor: string | null
      total: number
    }
  for (const search of ['zoë', '%_', zoe.email.slice(0, 9)]) {
    const found = await list(`?search=${encodeURIComponent(search)}`)
    expect(found.rows.map(({ email }) => email)).toContain(zoe.email)
  }
  expect((await list('?search=nobody%25here')).rows).toEqual([])
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await list(`?limit=2${cursor && `&cursor=${cursor}`}`)
    expect(page.total).toBe(5)
    seen.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(new Set(seen).size).toBe(5)
  expect(seen).toHaveLength(5)
})

test('nobody gives, takes or acts on more than they hold, whatever the two of them are', async () => {
  const tenantId = await openTeam(app, owner)
  const actors = new Map<TenantRole, TestPerson>()
  for (const role of TenantRole.options) actors.set(role, await newMember(app, owner, tenantId, { role }))
  const target = await newMember(app, owner, tenantId, { role: 'member' })
  const stand = (role: TenantRole) =>
    app.services.pool.query(
      `insert into member (tenant_id, id, user_id, role) values ($1, $2, $3, $4) on conflict (tenant_id, id) do update set role = excluded.role`,
      [tenantId, target.memberId, target.userId, role],
    )
  for (const [held, actor] of actors) {
    const manages = (tenantRoles[held] as readonly string[]).includes('member:write')
    for (const before of TenantRole.options) {
      const may = manages && covers(held, before)
      for (const role of TenantRole.options) {
        await stand(before)
        const { status } = await actor.call('PUT', `/tenants/${tenantId}/members/${target.memberId}/role`, { role })
        expect(status, `${held} makes ${before} ${role}`).toBe(may && covers(held, role) ? 200 : 403)
        expect((await rolesIn(owner, tenantId))[target.email]).toBe(status === 200 ? role : before)
      }
      await stand(before)
      const removed = await actor.call('DELETE', `/tenants/${tenantId}/members/${target.memberId}`)
      expect(removed.status, `${held} removes ${before}`).toBe(may ? 200 : 403)
    }
  }
}, 120_000)

test('who is removed is refused on every node within a second, and goes on in their other tenants', async () => {
  const node = await app.secondNode()
  const tenantId = await openTeam(app, owner)
  const bert = await newMember(app, owner, tenantId, { role: 'admin' })
  const elsewhere = callerOf(node.url, { authorization: `Bearer ${bert.accessToken}` })
  await eventually(
    async () => (await elsewhere('GET', `/tenants/${tenantId}`)).status,
    (status) => status === 200,
  )
  await owner.call('DELETE', `/tenants/${tenantId}/members/${bert.memberId}`)
  expect((await bert.call('GET', `/tenants/${tenantId}`)).body).toMatchObject({ code: 'tenant.not_found' })
  await eventually(
    async () => (await elsewhere('GET', `/tenants/${tenantId}`)).status,
    (status) => status === 404,
  )
  expect((await elsewhere('GET', `/tenants/${bert.tenantId}`)).status).toBe(200)
})

test('keys belong to the tenant: they outlive who issued them, unless whoever removes that person says that they go too', async () => {
  const tenantId = await openTeam(app, owner)
  const issue = async (person: TestPerson) => {
    const { body } = await person.call('POST', '/api-keys', { name: 'app' }, { 'x-tenant-id': tenantId })
    return callerOf(app.url, { authorization: `Bearer ${(body as { secret: string }).secret}` })
  }
  const [kept, gone] = [
    await newMember(app, owner, tenantId, { role: 'admin' }),
    await newMember(app, owner, tenantId, { role: 'admin' }),
  ]
  const [keptKey, goneKey, owners] = [await issue(kept), await issue(gone), await issue(owner)]
  const { body } = await owner.call('GET', `/tenants/${tenantId}/members?search=${encodeURIComponent(kept.email)}`)
  expect(body).toMatchObject({ rows: [{ liveKeys: 1 }] })

  const first = await owner.call('DELETE', `/tenants/${tenantId}/members/${kept.memberId}`)
  expect(first.body).toMatchObject({ keysKept: 1, keysRevoked: 0 })
  const second = await owner.call('DELETE', `/tenants/${tenantId}/members/${gone.memberId}?keys=revoke`)
  expect(second.body).toMatchObject({ keysKept: 0, keysRevoked: 1 })
  const ask = async (key: typeof keptKey) => (await key('POST', '/check', { feature: 'characters' })).status
  expect([await ask(keptKey), await ask(goneKey), await ask(owners)]).toEqual([200, 401, 200])
})

test('ownership goes to another member at once, and the owner before stays as an admin', async () => {
  const tenantId = await openTeam(app, owner)
  const heir = await newMember(app, owner, tenantId, { role: 'member' })
  const admin = await newMember(app, owner, tenantId, { role: 'admin' })
  expect((await admin.call('POST', `/tenants/${tenantId}/members/${admin.memberId}/owner`)).status).toBe(403)
  expect((await owner.call('POST', `/tenants/${tenantId}/members/${heir.memberId}/owner`)).status).toBe(200)
  expect(await rolesIn(owner, tenantId)).toMatchObject({ [heir.email]: 'owner', [owner.email]: 'admin' })
})

describe('there is always an owner who can sign in', () => {
  test('the last one cannot leave, be less, or hand over to who is suspended', async () => {
    const tenantId = await openTeam(app, owner)
    const self = await ownMemberId(owner, tenantId)
    const member = await newMember(app, owner, tenantId, { role: 'member' })
    await app.services.pool.query(`update "user" set status = 'suspended' where id = $1`, [member.userId])
    const attempts = [
      owner.call('POST', `/tenants/${tenantId}/leave`),
      owner.call('PUT', `/tenants/${tenantId}/members/${self}/role`, { role: 'member' }),
      owner.call('DELETE', `/tenants/${tenantId}/members/${self}`),
      owner.call('POST', `/tenants/${tenantId}/members/${member.memberId}/owner`),
    ]
    for (const { body } of await Promise.all(attempts)) expect(body).toMatchObject({ code: 'tenant.last_owner' })
    expect((await rolesIn(owner, tenantId))[owner.email]).toBe('owner')
  })

  test('a tenant of somebody’s own stays theirs', async () => {
    await giveSeats(app, owner.tenantId, null)
    await newMember(app, owner, owner.tenantId, { role: 'owner' })
    const answer = await owner.call('POST', `/tenants/${owner.tenantId}/leave`)
    expect(answer.body).toMatchObject({ code: 'tenant.personal' })
  })

  test('of fifty owners who leave, remove and demote each other at once, on two nodes, one stays', async () => {
    const node = await app.secondNode()
    const tenantId = await openTeam(app, owner)
    const owners = [
      await newMember(app, owner, tenantId, { role: 'owner' }),
      await newMember(app, owner, tenantId, { role: 'owner' }),
    ]
    const everyone = [{ ...owner, memberId: await ownMemberId(owner, tenantId) }, ...owners]
    const acts = Array.from({ length: 50 }, (_none, turn) => {
      const actor = everyone[turn % everyone.length]!
      const target = everyone[(turn * 7 + 1) % everyone.length]!
      const call = callerOf(turn % 2 ? node.url : app.url, { authorization: `Bearer ${actor.accessToken}` })
      if (turn % 3 === 0) return call('POST', `/tenants/${tenantId}/leave`)
      if (turn % 3 === 1) return call('PUT', `/tenants/${tenantId}/members/${target.memberId}/role`, { role: 'member' })
      return call('DELETE', `/tenants/${tenantId}/members/${target.memberId}`)
    })
    const answers = await Promise.all(acts)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    const { rows } = await app.services.pool.query(`select user_id from member where tenant_id = $1 and role = 'owner'`, [tenantId])
    expect(rows.length).toBeGreaterThanOrEqual(1)
    expect(answers.some(({ status }) => status === 200)).toBe(true)
  }, 120_000)
})
