import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../../kernel/clock.ts'
import { newId } from '../../../../kernel/new-id.ts'
import type { ConsumeOutcome, EntitlementFact } from '../../../../kernel/ports/quota-engine.ts'
import { eventually } from '../../../../testing/eventually.ts'
import { type CuttingProxy, openCuttingProxy } from '../../testing/cutting-proxy.ts'
import { expectBooksToBalance } from '../../testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from '../../testing/quota-node.ts'

let database: TestDatabase
let node: QuotaNode
let proxy: CuttingProxy

beforeAll(async () => {
  database = await createTestDatabase()
  node = await openQuotaNode(database.url)
  proxy = await openCuttingProxy(database.url)
})

afterAll(async () => {
  await proxy[Symbol.asyncDispose]()
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function tenantWith(limit: number | null): Promise<{ tenantId: string; entitlement: EntitlementFact }> {
  const { tenantId } = await node.tenant()
  return { tenantId, entitlement: await node.setLimit(tenantId, 'characters', limit) }
}

function ask(
  { services }: QuotaNode,
  { tenantId, entitlement }: { tenantId: string; entitlement: EntitlementFact },
  amount = 1,
): Promise<ConsumeOutcome> {
  return services.quota.consume({
    tenantId,
    entitlement,
    amount,
    callerId: 'key_a',
    decisionId: newId('decision'),
    requestId: null,
    leased: true,
  })
}

async function balanceOf(tenantId: string): Promise<{ consumed: number; leased: number; granted: number | null }> {
  const { rows } = await node.services.pool.query<{ consumed: number; leased: number; granted: number | null }>(
    `select consumed::float8 as consumed, leased::float8 as leased, granted::float8 as granted from balance
     where tenant_id = $1 and feature_key = 'characters' and origin = 'plan'`,
    [tenantId],
  )
  return rows[0] ?? { consumed: 0, leased: 0, granted: null }
}

/** A clock that stands still, so that a lease ends for no other reason than the one that is looked at. */
const still = () => 1_000

/** Asks until this node has units ahead. @returns how many were allowed on the way */
async function warmUp(one: QuotaNode, tenant: Awaited<ReturnType<typeof tenantWith>>): Promise<number> {
  let allowed = 0
  await eventually(
    async () => {
      if ((await ask(one, tenant)).allowed) allowed++
      return balanceOf(tenant.tenantId)
    },
    ({ leased }) => leased > 0,
  )
  return allowed
}

test('of units taken ahead on three nodes never more is given out than the limit, and what is not used comes back to the last unit', async () => {
  const limit = 20_000
  const tenant = await tenantWith(limit)
  const nodes = [await node.another(), await node.another(), await node.another()]
  let allowed = 0
  const client = async (one: QuotaNode) => {
    for (let turn = 0; turn < 120; turn++) if ((await ask(one, tenant, 1 + (turn % 9))).allowed) allowed += 1 + (turn % 9)
  }
  await Promise.all(nodes.flatMap((one) => Array.from({ length: 15 }, () => client(one))))
  expect(allowed).toBeLessThanOrEqual(limit)
  for (const one of nodes) await one[Symbol.asyncDispose]()
  expect(await balanceOf(tenant.tenantId)).toEqual({ consumed: allowed, leased: 0, granted: limit })
  expectBooksToBalance(await node.books(tenant.tenantId))
  // what is left can be used up to nothing
  for (let left = limit - allowed; left > 0; left--) expect((await ask(node, tenant)).allowed).toBe(true)
  expect((await ask(node, tenant)).allowed).toBe(false)
})

test('most answers need no commit of their own: they are given from memory and written together', async () => {
  const tenant = await tenantWith(null)
  await using one = await node.another()
  await warmUp(one, tenant)
  let asked = 0
  await eventually(
    async () => {
      // one after the other: counted in the database each would be an entry
      for (let turn = 0; turn < 50; turn++) await ask(one, tenant)
      asked += 50
      const { rows } = await node.services.pool.query<{ entries: number }>(
        `select count(*)::int as entries from quota_entry where tenant_id = $1 and kind = 'consume'`,
        [tenant.tenantId],
      )
      return asked / rows[0]!.entries
    },
    (answersAnEntry) => answersAnEntry > 5,
    60_000,
  )
})

test('a node that was held up past the end of its lease gives out nothing of it, and puts it back by itself', async () => {
  const tenant = await tenantWith(10_000)
  let jump = 0
  await using held = await node.another({ monotonic: () => still() + jump })
  let allowed = await warmUp(held, tenant)
  const { consumed, leased } = await balanceOf(tenant.tenantId)
  expect(leased).toBeGreaterThan(0)
  jump = 5_000
  const outcome = await ask(held, tenant)
  if (outcome.allowed) allowed++
  // it was counted in the database, beside what is still leased
  expect((await balanceOf(tenant.tenantId)).consumed).toBeGreaterThan(consumed)
  await eventually(
    () => balanceOf(tenant.tenantId),
    (balance) => balance.leased === 0 && balance.consumed === allowed,
  )
})

test('what a dead node had taken stays charged, and no other node gives it back when its time is over', async () => {
  const tenant = await tenantWith(1_000)
  const dead = await openQuotaNode(proxy.url, { monotonic: still })
  const told = await warmUp(dead, tenant)
  proxy.refuse()
  const before = await balanceOf(tenant.tenantId)
  await expect(
    eventually(
      () => balanceOf(tenant.tenantId),
      ({ leased }) => leased === 0,
      2_500,
    ),
  ).rejects.toThrow()
  expect(await balanceOf(tenant.tenantId)).toEqual(before)
  expect(before.leased).toBeLessThanOrEqual(64)
  let others = 0
  for (let turn = 0; turn < 1_100; turn++) if ((await ask(node, tenant)).allowed) others++
  expect(told + others).toBeLessThanOrEqual(1_000)
  expect(told + others).toBeGreaterThanOrEqual(1_000 - 64)
  proxy.admit()
  // it was not dead after all: now it puts back what it had left
  await dead[Symbol.asyncDispose]()
  await eventually(
    async () => {
      // a refusal is remembered for a moment
      while ((await ask(node, tenant)).allowed) others++
      return told + others
    },
    (all) => all === 1_000,
  )
  await eventually(
    () => balanceOf(tenant.tenantId),
    ({ leased, consumed }) => leased === 0 && consumed === 1_000,
  )
})

test('a write whose answer is lost is written again and counted once', async () => {
  const tenant = await tenantWith(100_000)
  const wired = await openQuotaNode(proxy.url)
  let allowed = await warmUp(wired, tenant)
  let unknown = 0
  for (let turn = 0; turn < 300; turn++) {
    if (turn % 60 === 30) proxy.cutAnswers(1)
    await ask(wired, tenant, 3).then(
      (outcome) => {
        if (outcome.allowed) allowed += 3
      },
      () => {
        unknown += 3
      },
    )
  }
  proxy.cutAnswers(0)
  await wired[Symbol.asyncDispose]()
  const { consumed, leased } = await balanceOf(tenant.tenantId)
  expect(consumed).toBeGreaterThanOrEqual(allowed)
  expect(consumed).toBeLessThanOrEqual(allowed + unknown)
  // a request whose taking was cut off may leave units that nobody knows of: charged, never granted twice
  expect(leased).toBeLessThanOrEqual(5 * 64)
  expectBooksToBalance(await node.books(tenant.tenantId))
})

test('a wall clock that is hours off lets a node give out neither more nor longer', async () => {
  const tenant = await tenantWith(3_000)
  const nodes = await Promise.all(
    ['2026-11-24T01:00:00Z', '2026-11-25T12:00:00Z', '2026-11-27T23:00:00Z'].map((at) =>
      openQuotaNode(database.url, { clock: manualClock(at) }),
    ),
  )
  let allowed = 0
  const client = async (one: QuotaNode) => {
    for (let turn = 0; turn < 150; turn++) if ((await ask(one, tenant, 4)).allowed) allowed += 4
  }
  await Promise.all(nodes.flatMap((one) => Array.from({ length: 4 }, () => client(one))))
  expect(allowed).toBeLessThanOrEqual(3_000)
  for (const one of nodes) await one[Symbol.asyncDispose]()
  expect(await balanceOf(tenant.tenantId)).toMatchObject({ consumed: allowed, leased: 0 })
})

test('a request that finds too little beside what its own node took ahead is not refused for that', async () => {
  const tenant = await tenantWith(600)
  await using one = await node.another({ monotonic: still })
  const allowed = await warmUp(one, tenant)
  const rest = await ask(one, tenant, 600 - allowed)
  expect(rest).toMatchObject({ allowed: true, remaining: 0 })
  expect(await balanceOf(tenant.tenantId)).toMatchObject({ consumed: 600, leased: 0 })
})

test('a smaller plan ends what was taken under the larger one', async () => {
  const ctx = await node.tenant()
  await node.putOnPlan(ctx.tenantId, 'pro')
  await using one = await node.another({ monotonic: still })
  const tenant = { tenantId: ctx.tenantId, entitlement: { featureKey: 'characters', limit: 500_000, cadence: 'month' as const } }
  const { rows } = await node.services.pool.query<{ cadence: EntitlementFact['cadence']; limit: number }>(
    `select cadence, limit_units::float8 as limit from entitlement where tenant_id = $1 and feature_key = 'characters'`,
    [ctx.tenantId],
  )
  tenant.entitlement = { featureKey: 'characters', ...rows[0]! } as typeof tenant.entitlement
  await warmUp(one, tenant)
  await node.putOnPlan(ctx.tenantId, 'free')
  await eventually(
    async () =>
      (
        await node.services.pool.query<{ leased: number }>(
          'select coalesce(sum(leased), 0)::float8 as leased from balance where tenant_id = $1',
          [ctx.tenantId],
        )
      ).rows[0]!.leased,
    (leased) => leased === 0,
  )
})
