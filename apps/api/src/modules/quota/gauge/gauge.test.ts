import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { authorize } from '../authorize.ts'
import { currentUsage } from '../current-usage.ts'
import { expectBooksToBalance } from '../testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { acquire } from './acquire.ts'
import { expireHolds } from './expire-holds.ts'
import { listHolds } from './list-holds.ts'
import { release } from './release.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const clock = manualClock(NOW)
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })
const feature = 'concurrent_tasks'

beforeEach(() => clock.set(NOW))
afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** Starter allows five tasks at once. */
async function starter(): Promise<TenantContext> {
  const ctx = await node.tenant()
  await node.putOnPlan(ctx.tenantId, 'starter')
  return ctx
}

async function held(ctx: TenantContext): Promise<number> {
  expectBooksToBalance(await node.books(ctx.tenantId))
  return (await currentUsage(ctx)).features.find((one) => one.feature === feature)!.used
}

test('what is held counts until it is given back, and never more than the limit is held', async () => {
  const ctx = await starter()
  expect(await acquire(ctx, { feature, holder: 'a', amount: 3 })).toMatchObject({ allowed: true, held: 3, remaining: 2 })
  expect(await acquire(ctx, { feature, holder: 'b', amount: 3 })).toMatchObject({
    allowed: false,
    code: 'quota.limit_reached',
    held: 0,
  })
  expect(await authorize(ctx, { feature, amount: 3 })).toMatchObject({ allowed: false, remaining: 2 })
  expect(await release(ctx, { feature, holder: 'a' })).toMatchObject({ released: 3 })
  expect(await release(ctx, { feature, holder: 'a' })).toMatchObject({ released: 0 })
  expect(await acquire(ctx, { feature, holder: 'b', amount: 5 })).toMatchObject({ allowed: true, remaining: 0 })
  expect(await held(ctx)).toBe(5)
})

test('a holder’s amount is set, not added, so asking again is safe', async () => {
  const ctx = await starter()
  for (const amount of [2, 2, 5, 1])
    expect(await acquire(ctx, { feature, holder: 'a', amount })).toMatchObject({ allowed: true, held: amount })
  expect(await held(ctx)).toBe(1)
  expect(await acquire(ctx, { feature, holder: 'a', amount: 6 })).toMatchObject({ allowed: false, held: 1 })
})

test('what is held past its time has come back at that instant, for who asks and for who looks', async () => {
  const ctx = await starter()
  await acquire(ctx, { feature, holder: 'a', amount: 4, expiresIn: 60 })
  await acquire(ctx, { feature, holder: 'kept', amount: 1 })
  clock.set('2026-11-23T10:00:59.999Z')
  expect((await acquire(ctx, { feature, holder: 'b', amount: 1 })).allowed).toBe(false)
  clock.set('2026-11-23T10:01:00.000Z')
  expect(await held(ctx)).toBe(1)
  expect((await listHolds(ctx, { feature })).holds).toMatchObject([{ holder: 'kept' }])
  expect((await acquire(ctx, { feature, holder: 'b', amount: 4, expiresIn: 60 })).allowed).toBe(true)
  clock.set('2026-11-23T10:02:00.000Z')
  await expireHolds(node.services)
  expect(await node.books(ctx.tenantId)).toMatchObject([{ consumed: 1 }])
})

test('many at once, on two nodes: exactly as many hold as there is room for', async () => {
  await using other = await node.another()
  const ctx = await starter()
  const both = [ctx, { ...ctx, services: other.services }]
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => acquire(both[index % 2]!, { feature, holder: `t${index}`, amount: 1 })),
  )
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5)
  expect(await held(ctx)).toBe(5)
})

test('a feature that is not a gauge is not held', async () => {
  const ctx = await starter()
  await expect(acquire(ctx, { feature: 'characters', holder: 'a', amount: 1 })).rejects.toMatchObject({
    code: 'quota.feature_not_held',
  })
})
