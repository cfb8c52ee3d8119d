import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { authorize } from './authorize.ts'
import { setCap } from './cap/set-cap.ts'
import { currentUsage } from './current-usage.ts'
import { inOneTransaction } from './engine/in-one-transaction.ts'
import { lockPools } from './engine/lock-pools.ts'
import { windowOf } from './engine/window-of.ts'
import { acquire } from './gauge/acquire.ts'
import { expireHolds } from './gauge/expire-holds.ts'
import { release } from './gauge/release.ts'
import { correctUsage } from './grant/correct-usage.ts'
import { grantUnits } from './grant/grant-units.ts'
import { reserve } from './reserve.ts'
import { releaseReservation } from './settle-reservation.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { asKey, asOperator, openTenantOn } from './testing/tenant-on.ts'
import { defineFeatures, putOnTerms, type TestTerms } from './testing/terms.ts'
import { track } from './track.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const clock = manualClock(NOW)
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })
const { services } = node
await defineFeatures(services, [{ key: 'words' }, { key: 'size', aggregation: 'latest' }, { key: 'slots', kind: 'gauge' }])

beforeEach(() => clock.set(NOW))
afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const tenantOn = (...terms: TestTerms[]) => openTenantOn(node, terms)

const ask = (ctx: TenantContext, amount: number, feature = 'words') => authorize(ctx, { feature, amount })
const hold = (ctx: TenantContext, holder: string, amount: number, expiresIn?: number) =>
  acquire(ctx, { feature: 'slots', holder, amount, ...(expiresIn === undefined ? {} : { expiresIn }) })
const correct = (ctx: TenantContext, amount: number) =>
  correctUsage(asOperator(ctx), { tenantId: ctx.tenantId, eventId: 'e1', amount, reason: 'a bug in the app' })

async function expectBooks(ctx: TenantContext): Promise<void> {
  expectBooksToBalance(await node.books(ctx.tenantId))
}

test('usage that was reported past the limit by mistake leaves no more than the limit when it is corrected', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 50 })
  await track(ctx, { events: [{ id: 'e1', feature: 'words', amount: 90 }] })
  await correct(ctx, 10)
  expect(await ask(ctx, 41)).toMatchObject({ allowed: false, remaining: 40, limit: 50 })
  expect(await ask(ctx, 40)).toMatchObject({ allowed: true, remaining: 0 })
  await expectBooks(ctx)
})

test('a gauge whose limit fell while more was held has the smaller limit once that is given back', async () => {
  const ctx = await tenantOn({ feature: 'slots', limit: 5, cadence: 'never' })
  await hold(ctx, 'a', 3)
  await hold(ctx, 'b', 2)
  await putOnTerms(services, ctx.tenantId, [{ feature: 'slots', limit: 2, cadence: 'never' }])
  expect(await hold(ctx, 'a', 1)).toMatchObject({ allowed: true, held: 1, remaining: 0, limit: 3 })
  await release(ctx, { feature: 'slots', holder: 'b' })
  expect(await hold(ctx, 'b', 2)).toMatchObject({ allowed: false, remaining: 1, limit: 2 })
  expect(await hold(ctx, 'b', 1)).toMatchObject({ allowed: true, remaining: 0 })
  await expectBooks(ctx)
})

test('what was held of a grant that has ended gives nothing back that others hold', async () => {
  const ctx = await tenantOn({ feature: 'slots', limit: 5, cadence: 'never' })
  const { tenantId } = ctx
  const expiresAt = '2026-11-23T11:00:00.000Z'
  const grant = { tenantId, feature: 'slots', units: 5, source: 'manual', reason: 'test', priority: 0, expiresAt } as const
  await grantUnits(asOperator(ctx), grant)
  await hold(ctx, 'a', 8, 7_200)
  await hold(ctx, 'b', 2)
  clock.set(expiresAt)
  clock.advance(3_600_000)
  await expireHolds(services)
  expect(await hold(ctx, 'c', 4)).toMatchObject({ allowed: false, remaining: 3 })
  expect(await hold(ctx, 'c', 3)).toMatchObject({ allowed: true, remaining: 0 })
  await expectBooks(ctx)
})

test('a member gets their part back of what they held past its time, whoever asks next', async () => {
  const ctx = await tenantOn({ feature: 'slots', limit: 10, cadence: 'never' })
  await setCap(ctx, { feature: 'slots', holder: 'each_member', limit: 4 })
  expect(await hold(ctx, 'a', 4, 60)).toMatchObject({ allowed: true })
  clock.advance(60_000)
  expect(await hold(asKey(ctx), 'b', 1)).toMatchObject({ allowed: true })
  expect(await hold(ctx, 'c', 4)).toMatchObject({ allowed: true })
  await expectBooks(ctx)
})

test('what somebody else adds to a hold counts for who has held it, and comes back to them', async () => {
  const ctx = await tenantOn({ feature: 'slots', limit: 20, cadence: 'never' })
  await setCap(ctx, { feature: 'slots', holder: 'each_member', limit: 4 })
  await setCap(ctx, { feature: 'slots', holder: 'each_key', limit: 6 })
  await hold(ctx, 'a', 2)
  expect(await hold(asKey(ctx), 'a', 5)).toMatchObject({ allowed: false, code: 'quota.cap_reached', limit: 4, held: 2 })
  expect(await hold(asKey(ctx), 'a', 4)).toMatchObject({ allowed: true, held: 4 })
  expect(await hold(asKey(ctx), 'b', 6)).toMatchObject({ allowed: true })
  await release(asKey(ctx), { feature: 'slots', holder: 'a' })
  expect(await hold(ctx, 'c', 4)).toMatchObject({ allowed: true })
  expect(await hold(asKey(ctx), 'd', 1)).toMatchObject({ allowed: false, code: 'quota.cap_reached', limit: 6 })
  await expectBooks(ctx)
})

test('a last value that is smaller gives back what a limit that fell does not grant again', async () => {
  const ctx = await tenantOn({ feature: 'size', limit: 50, cadence: 'month', overage: 20 })
  await ask(ctx, 60, 'size')
  expect(await ask(ctx, 55, 'size')).toMatchObject({ allowed: true, remaining: 0, limit: 50 })
  await putOnTerms(services, ctx.tenantId, [{ feature: 'size', limit: 20, cadence: 'month' }])
  expect(await ask(ctx, 10, 'size')).toMatchObject({ allowed: true, remaining: 10, limit: 20 })
  expect((await ask(ctx, 21, 'size')).allowed).toBe(false)
  await putOnTerms(services, ctx.tenantId, [{ feature: 'size', limit: 5, cadence: 'month' }])
  await track(ctx, { events: [{ id: 'e1', feature: 'size', amount: 1 }] })
  expect((await ask(ctx, 6, 'size')).allowed).toBe(false)
  await expectBooks(ctx)
})

test('what a member held past a cap that was lowered is theirs no more once it is given back', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100 })
  const cap = (limit: number) => setCap(ctx, { feature: 'words', holder: 'each_member', limit })
  await cap(10)
  const { reservationId } = await reserve(ctx, { feature: 'words', amount: 10, expiresIn: 60 })
  await cap(3)
  await releaseReservation(ctx, { id: reservationId! })
  expect(await ask(ctx, 4)).toMatchObject({ allowed: false, code: 'quota.cap_reached', remaining: 3, limit: 3 })
  await expectBooks(ctx)
})

test('a member gets back of their part what a correction takes back of their use', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100 })
  await setCap(ctx, { feature: 'words', holder: 'each_member', limit: 10 })
  await track(ctx, { events: [{ id: 'e1', feature: 'words', amount: 12 }] })
  await correct(ctx, 4)
  expect(await ask(ctx, 7)).toMatchObject({ allowed: false, code: 'quota.cap_reached', remaining: 6, limit: 10 })
  expect((await ask(ctx, 6)).allowed).toBe(true)
  await expectBooks(ctx)
})

test('a cap can be lowered while what its holder used of it comes back', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100 })
  const cap = (limit: number) => setCap(ctx, { feature: 'words', holder: 'each_member', limit })
  await cap(10)
  await ask(ctx, 10)
  const client = await services.pool.connect()
  try {
    await client.query('begin')
    await client.query(`update balance set consumed = 0 where tenant_id = $1 and kind = 'cap'`, [ctx.tenantId])
    const lowered = cap(3)
    await expect.poll(async () => (await services.pool.query('select from pg_locks where not granted')).rowCount).toBeGreaterThan(0)
    await client.query('commit')
    expect(await lowered).toEqual({ done: true })
  } finally {
    client.release()
  }
  expect(await ask(ctx, 4)).toMatchObject({ allowed: false, code: 'quota.cap_reached', remaining: 3, limit: 3 })
})

test('a cap that a node remembers larger than it is by now is opened as it is', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100 })
  const { tenantId } = ctx
  await setCap(ctx, { feature: 'words', holder: 'each_member', limit: 3 })
  const at = clock.now().getTime()
  const remembered = { holder: asOperator(ctx).caller.userId, limit: 80 }
  const key = { tenantId, featureKey: 'words', cadence: 'day', window: windowOf('day', at), at, caps: [remembered] } as const
  await inOneTransaction(services.pool, (client) => lockPools(client, [key], clock.now()))
  expect(await ask(ctx, 4)).toMatchObject({ allowed: false, code: 'quota.cap_reached', limit: 3 })
})

test('late use of a day on which nobody asked is past the limit where it was, though the rest of that day rolled over', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10, overage: 20, rollover: 5 })
  clock.advance(2 * 86_400_000)
  expect(await ask(ctx, 1)).toMatchObject({ allowed: true, limit: 15 })
  await track(ctx, { events: [{ id: 'e1', feature: 'words', amount: 12, at: '2026-11-24T12:00:00.000Z' }] })
  const books = await node.books(ctx.tenantId)
  expect(books.find(({ origin, consumed }) => origin === 'overage' && consumed > 0)).toMatchObject({ consumed: 7, granted: 20 })
  expect((await currentUsage(ctx)).features.find(({ feature }) => feature === 'words')).toMatchObject({ used: 1 })
  await expectBooks(ctx)
})
