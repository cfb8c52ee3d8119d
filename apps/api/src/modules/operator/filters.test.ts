import type { OperatorTenantPage, OperatorUserPage, TenantSearchInput, UserSearchInput } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { operatorWith } from './testing/operator-with.ts'

let app: TestApp
let owner: TestPerson
let people: TestPerson[]

beforeAll(async () => {
  app = await startTestApp()
  owner = await app.operator()
  people = []
  for (const name of ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve']) people.push(await app.person(name))
})
afterAll(() => app[Symbol.asyncDispose]())

async function ask<Page>(procedure: string, input: object): Promise<Page> {
  const { body } = await owner.call('GET', `//trpc/operator.${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`)
  return (body as { result: { data: Page } }).result.data
}
const users = (input: Partial<UserSearchInput>) => ask<z.infer<typeof OperatorUserPage>>('users', input)
const tenants = (input: Partial<TenantSearchInput>) => ask<z.infer<typeof OperatorTenantPage>>('tenants', input)

test('people are found by status and role, and the total counts those and no others, on every page', async () => {
  const support = await operatorWith(app, 'support')
  for (const { userId } of people.slice(0, 3))
    await owner.call('PUT', `/users/${userId}/status`, { status: 'suspended', reason: 'To be found' })
  const suspended = people.slice(0, 3).map(({ userId }) => userId)
  const first = await users({ status: 'suspended', limit: 2 })
  const second = await users({ status: 'suspended', limit: 2, cursor: first.nextCursor! })
  expect([first.total, second.total, second.nextCursor]).toEqual([3, 3, null])
  expect([...first.rows, ...second.rows].map(({ id }) => id).sort()).toEqual(suspended.sort())
  expect(await users({ role: 'support' })).toMatchObject({ total: 1, rows: [{ id: support.userId }] })
  expect(await users({ role: 'finance' })).toMatchObject({ total: 0, rows: [] })
  const [all, none, active] = [await users({}), await users({ role: 'none' }), await users({ status: 'active' })]
  expect([none.total, active.total]).toEqual([all.total - 2, all.total - 3])
  expect(await users({ status: 'suspended', search: people[0]!.email })).toMatchObject({ total: 1 })
  expect(await users({ status: 'active', search: people[0]!.email })).toMatchObject({ total: 0, rows: [] })
  expect(await users({ status: 'suspended', role: 'support' })).toMatchObject({ total: 0 })
})

test('people are found by id, by a part of their email or name in any case, and by nothing that only looks like a pattern', async () => {
  const found = async (search: string) => (await users({ search })).rows.map(({ id }) => id)
  const cleo = people[2]!
  for (const search of [cleo.userId, cleo.email, cleo.email.slice(0, -5).toUpperCase(), 'cLE'])
    expect(await found(search)).toEqual([cleo.userId])
  for (const pattern of ['C%o', 'C_eo', '\\', '%']) expect(await found(pattern)).toEqual([])
})

test('tenants are found by plan and status, and the total counts those and no others', async () => {
  const [one, other] = people.map(({ tenantId }) => tenantId)
  await owner.call('PUT', `/tenants/${one}/status`, { status: 'suspended', reason: 'To be found' })
  await app.services.pool.query(`update entitlement set plan_key = 'pro' where tenant_id = any($1)`, [[one, other]])
  const all = await tenants({})
  expect(await tenants({ status: 'suspended' })).toMatchObject({ total: 1, rows: [{ id: one, statusReason: 'To be found' }] })
  expect((await tenants({ plan: 'pro' })).rows.map(({ id }) => id).sort()).toEqual([one, other].sort())
  const page = await tenants({ plan: 'free', limit: 1 })
  expect([page.rows.length, page.total]).toEqual([1, all.total - 2])
  expect(await tenants({ plan: 'pro', status: 'active' })).toMatchObject({ total: 1, rows: [{ id: other }] })
  expect(await tenants({ plan: 'no-such-plan' })).toMatchObject({ total: 0, rows: [] })
})
