import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import type { TenantContext } from '../../../kernel/context.ts'
import { authorize } from '../authorize.ts'
import { acquire } from '../gauge/acquire.ts'
import { reserve } from '../reserve.ts'
import { commitReservation } from '../settle-reservation.ts'
import { expectBooksToBalance } from '../testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { track } from '../track.ts'

const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url)

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function proTenant(): Promise<TenantContext> {
  const ctx = await node.tenant()
  await node.putOnPlan(ctx.tenantId, 'pro')
  await authorize(ctx, { feature: 'characters', amount: 1 })
  return ctx
}

/** Holds the tenant's balances as a statement that hangs would. */
async function holdBalances({ tenantId }: TenantContext): Promise<{ letGo(): Promise<void> }> {
  const holder = new pg.Client({ connectionString: database.url })
  await holder.connect()
  await holder.query('set role tollkeeper_system')
  await holder.query('begin')
  await holder.query('select 1 from balance where tenant_id = $1 for update', [tenantId])
  return {
    letGo: async () => {
      await holder.query('rollback')
      await holder.end()
    },
  }
}

const hold = (ctx: TenantContext) => reserve(ctx, { feature: 'characters', amount: 1, expiresIn: 60 })

test('a tenant whose balance is held, with many waiting for it, keeps no other tenant from being answered, whatever is asked', async () => {
  const [hot, quiet] = [await proTenant(), await proTenant()]
  const held = await holdBalances(hot)
  const flood = Array.from({ length: 60 }, () => hold(hot))
  await sleep(50)
  const since = performance.now()
  expect((await authorize(quiet, { feature: 'characters', amount: 1 })).allowed).toBe(true)
  const { reservationId } = await hold(quiet)
  expect(await commitReservation(quiet, { id: reservationId!, amount: 1 })).toMatchObject({ used: 1 })
  expect((await acquire(quiet, { feature: 'concurrent_tasks', holder: 'a', amount: 1 })).allowed).toBe(true)
  expect(await track(quiet, { events: [{ id: 'e', feature: 'characters', amount: 1 }] })).toMatchObject({ counted: 1 })
  expect(performance.now() - since).toBeLessThan(2_000)
  await held.letGo()
  expect((await Promise.all(flood)).every(({ allowed }) => allowed)).toBe(true)
  expectBooksToBalance(await node.books(hot.tenantId))
})

test('what would wait behind thousands of the same tenant is refused with the time to come back, and costs nothing', async () => {
  const ctx = await proTenant()
  const held = await holdBalances(ctx)
  const results = Array.from({ length: 2_300 }, () =>
    hold(ctx).then(
      () => 'held',
      ({ code, particulars }) => [code, particulars],
    ),
  )
  const first = await Promise.race(results)
  expect(first).toEqual(['quota.overloaded', { retryAfterSeconds: 1 }])
  await held.letGo()
  const all = await Promise.all(results)
  const done = all.filter((one) => one === 'held').length
  expect(all.length - done).toBeGreaterThanOrEqual(290)
  expect(done).toBeGreaterThan(100)
  const books = await node.books(ctx.tenantId)
  expectBooksToBalance(books)
  expect(books.find(({ featureKey }) => featureKey === 'characters')).toMatchObject({ reserved: done })
}, 60_000)

test('no more usage waits than a node can bear: the rest is refused with the time to come back', async () => {
  const ctx = await proTenant()
  const held = await holdBalances(ctx)
  const events = Array.from({ length: 1_000 }, (_, index) => ({ id: `e${index}`, feature: 'characters', amount: 1 }))
  const callers = Array.from({ length: 3 }, (_, place): TenantContext => {
    const caller = { kind: 'api_key', keyId: `key_${place}`, tenantId: ctx.tenantId, scopes: [] } as const
    return { ...ctx, caller }
  })
  const calls = callers.flatMap((caller) => Array.from({ length: 45 }, () => track(caller, { events })))
  const results = Promise.allSettled(calls)
  await sleep(1_000)
  await held.letGo()
  const refused = (await results).filter((result) => result.status === 'rejected')
  expect(refused).toHaveLength(35)
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: 'quota.overloaded', particulars: { retryAfterSeconds: 1 } })
  expect((await node.books(ctx.tenantId)).find(({ featureKey }) => featureKey === 'characters')).toMatchObject({ consumed: 1_001 })
}, 60_000)
