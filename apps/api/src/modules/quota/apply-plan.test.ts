import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/new-id.ts'
import { authorize } from './authorize.ts'
import { grantEntries } from './plan/regrant-balances.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { usageOf } from './usage-of.ts'

let database: TestDatabase
let node: QuotaNode
/** No first of a month, on which a day and a month begin together. */
const NOW = '2026-11-23T10:00:00.000Z'
const clock = manualClock(NOW)

beforeAll(async () => {
  database = await createTestDatabase()
  node = await openQuotaNode(database.url, { clock })
})

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

test('an upgrade keeps what was used and grants the difference at once', async () => {
  const ctx = await node.tenant()
  expect(await authorize(ctx, { feature: 'characters', amount: 900 })).toMatchObject({ allowed: true, remaining: 100 })
  expect((await authorize(ctx, { feature: 'characters', amount: 900 })).allowed).toBe(false)
  await node.putOnPlan(ctx.tenantId, 'starter')
  expect(await authorize(ctx, { feature: 'characters', amount: 900 })).toMatchObject({
    allowed: true,
    remaining: 48_200,
    limit: 50_000,
  })
  expectBooksToBalance(await node.books(ctx.tenantId))
})

test('a smaller plan takes back what is left, never what is gone', async () => {
  const ctx = await node.tenant()
  await node.putOnPlan(ctx.tenantId, 'starter')
  await authorize(ctx, { feature: 'characters', amount: 30_000 })
  await node.putOnPlan(ctx.tenantId, 'free')
  expect(await authorize(ctx, { feature: 'characters', amount: 1 })).toMatchObject({ allowed: false, remaining: 0 })
  expect(await node.books(ctx.tenantId)).toMatchObject([{ granted: 30_000, consumed: 30_000, ledgerGranted: 30_000 }])
  expect((await usageOf(node.services, ctx.tenantId)).plan).toBe('free')
})

test('to a plan without limits and back, the grants of the ledger add up to what is granted', async () => {
  const ctx = await node.tenant()
  await authorize(ctx, { feature: 'characters', amount: 10 })
  await node.putOnPlan(ctx.tenantId, 'enterprise')
  expect(await authorize(ctx, { feature: 'characters', amount: 2_000_000 })).toMatchObject({
    allowed: true,
    remaining: null,
    limit: null,
  })
  expectBooksToBalance(await node.books(ctx.tenantId))
  await node.putOnPlan(ctx.tenantId, 'pro')
  expect(await node.books(ctx.tenantId)).toMatchObject([{ granted: 2_000_010, consumed: 2_000_010 }])
  expectBooksToBalance(await node.books(ctx.tenantId))
})

test('any row of grants adds up in the ledger to the last of them', () => {
  const granted = fc.option(fc.nat(1_000_000), { nil: null })
  fc.assert(
    fc.property(fc.array(granted, { minLength: 1 }), (grants) => {
      let before: number | null = null
      const entries: (number | null)[] = []
      for (const [index, after] of grants.entries()) {
        if (index === 0) entries.push(after)
        else if (after !== before) entries.push(...grantEntries(before, after))
        before = after
      }
      expect(entries.reduce<number>((sum, units) => sum + (units ?? 0), 0)).toBe(before ?? 0)
    }),
  )
})

test.each([
  [
    'is closed at what was used in it',
    NOW,
    [
      [10, 10],
      [50_000, 1],
    ],
    49_999,
  ],
  ['that begins with the new one goes on as that, with what was used in it', '2026-12-01T10:00:00.000Z', [[50_000, 11]], 49_989],
])('a window of another cadence %s', async (_, now, expected, remaining) => {
  clock.set(now)
  onTestFinished(() => clock.set(NOW))
  const ctx = await node.tenant()
  await authorize(ctx, { feature: 'characters', amount: 10 })
  const { pool } = node.services
  await pool.query(`update plan_entitlement set cadence = 'month' where feature_key = 'characters' and plan_version_id in
    (select live_version_id from plan where key = 'starter')`)
  try {
    await node.putOnPlan(ctx.tenantId, 'starter')
    expect(await authorize(ctx, { feature: 'characters', amount: 1 })).toMatchObject({ allowed: true, remaining })
    const books = await node.books(ctx.tenantId)
    expect(books.map(({ granted, consumed }) => [granted, consumed]).sort()).toEqual(expected)
    expectBooksToBalance(books)
  } finally {
    await pool.query(`update plan_entitlement set cadence = 'day' where feature_key = 'characters'`)
  }
})

test('plans change while three nodes count: nothing is lost, nothing is doubled, nothing is over-granted', async () => {
  await using second = await node.another()
  await using third = await node.another()
  const ctx = await node.tenant()
  const engines = [node, second, third].map(({ services }) => services.quota)
  const entitlement = { featureKey: 'characters', limit: 1_000, cadence: 'day' as const }
  let told = 0
  let going = true
  const client = async (place: number) => {
    while (going) {
      const amount = 1 + (place % 5)
      const request = {
        tenantId: ctx.tenantId,
        entitlement,
        amount,
        callerId: `key_${place}`,
        decisionId: newId('decision'),
        requestId: null,
      }
      const outcome = await engines[place % 3]!.consume(request)
      if (outcome.allowed) told += amount
      else await sleep(1)
    }
  }
  const clients = Array.from({ length: 60 }, (_, place) => client(place))
  for (const plan of ['starter', 'free', 'pro', 'starter', 'enterprise', 'starter', 'pro', 'free', 'starter', 'pro']) {
    await sleep(25)
    await node.putOnPlan(ctx.tenantId, plan)
  }
  going = false
  await Promise.all(clients)
  const books = await node.books(ctx.tenantId)
  expect(books).toHaveLength(1)
  expect(books[0]!.consumed).toBe(told)
  expectBooksToBalance(books)
})

test('two changes of plan at once end as one of them, whole', async () => {
  const ctx = await node.tenant()
  await authorize(ctx, { feature: 'characters', amount: 5 })
  for (let round = 0; round < 10; round++) {
    await Promise.all(['starter', 'pro', 'free'].map((plan) => node.putOnPlan(ctx.tenantId, plan)))
    const { rows } = await node.services.pool.query('select distinct plan_key from entitlement where tenant_id = $1', [
      ctx.tenantId,
    ])
    expect(rows).toHaveLength(1)
    expectBooksToBalance(await node.books(ctx.tenantId))
  }
})
