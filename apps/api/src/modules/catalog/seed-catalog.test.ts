import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQuotaNode, type QuotaNode } from '../quota/testing/quota-node.ts'
import { catalogOf, defaultPlan, findPlan, seedCatalog } from './index.ts'
import { listPlans } from './list-plans.ts'

let database: TestDatabase
let node: QuotaNode

beforeAll(async () => {
  database = await createTestDatabase()
  node = await openQuotaNode(database.url)
})

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const countRows = async () =>
  (
    await node.services.pool.query(
      'select (select count(*) from plan) as plans, (select count(*) from plan_version) as versions, (select count(*) from plan_entitlement) as entitlements, (select count(*) from feature) as features',
    )
  ).rows[0]

test('seeding again, also on several nodes at once, changes nothing', async () => {
  const before = await countRows()
  expect(before).toEqual({ plans: '4', versions: '4', entitlements: '20', features: '5' })
  await Promise.all(Array.from({ length: 5 }, () => seedCatalog(node.services)))
  expect(await countRows()).toEqual(before)
})

test('the starting plans are those of the product it was drawn for', async () => {
  const { plans } = await listPlans({ services: node.services } as Parameters<typeof listPlans>[0])
  const characters = plans.map(({ key, price, selfService, entitlements }) => {
    const { limit, cadence } = entitlements.find(({ feature }) => feature === 'characters')!
    return [key, price?.amountMinor ?? null, price?.currency ?? null, selfService, limit, cadence]
  })
  expect(characters).toEqual([
    ['free', 0, 'cny', false, 1_000, 'day'],
    ['starter', 2_900, 'cny', true, 50_000, 'day'],
    ['pro', 9_900, 'cny', true, 500_000, 'day'],
    ['enterprise', null, null, false, null, 'day'],
  ])
  expect((await defaultPlan(node.services)).key).toBe('free')
  await expect(findPlan(node.services, 'nothing')).rejects.toMatchObject({ code: 'catalog.plan_unknown' })
})

test('a plan that an operator has changed is left as it is by the next start', async () => {
  await node.services.pool.query(`update plan set name = 'Gratis' where key = 'free'`)
  await seedCatalog(node.services)
  const { rows } = await node.services.pool.query(`select name from plan where key = 'free'`)
  expect(rows).toEqual([{ name: 'Gratis' }])
})

test('a change of the catalog is seen by a node that has it in memory', async () => {
  await using other = await node.another()
  await catalogOf(other.services)
  await node.services.pool.query(`update plan set name = 'Anders' where key = 'pro'`)
  await node.services.pool.query(`insert into change (kind, subject) values ('catalog', 'pro')`)
  await expect.poll(async () => (await findPlan(other.services, 'pro')).name, { timeout: 15_000, interval: 20 }).toBe('Anders')
})
