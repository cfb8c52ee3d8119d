import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { UsageEventInput } from '@tollkeeper/shared'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { authorize } from './authorize.ts'
import { currentUsage } from './current-usage.ts'
import { dailyUsage } from './daily-usage.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { track } from './track.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const clock = manualClock(NOW)
let database: TestDatabase
let node: QuotaNode

beforeAll(async () => {
  database = await createTestDatabase()
  node = await openQuotaNode(database.url, { clock })
})

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const event = (id: string, other: Partial<UsageEventInput> = {}): UsageEventInput => ({
  id,
  feature: 'characters',
  amount: 10,
  ...other,
})

async function used(ctx: TenantContext): Promise<number> {
  return (await currentUsage(ctx)).features.find(({ feature }) => feature === 'characters')!.used
}

test('every event has a fate of its own, with code and path where it is rejected', async () => {
  const ctx = await node.tenant()
  const answer = await track(ctx, {
    events: [
      event('a'),
      event('a'),
      event('a', { amount: 11 }),
      event('b', { feature: 'seats' }),
      event('c', { feature: 'nothing' }),
      event('d', { at: '2026-10-22T09:59:59Z' }),
      event('e', { at: '2026-11-23T10:05:01Z' }),
      event('f', { properties: { text: 'zero \0' } }),
      event('g', { properties: { text: '\ud800' } }),
      event('h', { amount: Number.MAX_SAFE_INTEGER }),
      event('i', { at: '2026-10-22T10:00:00Z' }),
      event('j', { at: '2026-11-23T10:05:00Z', properties: { 'with "quotes"': 'and \\ {braces}, too', n: 1.5, yes: true } }),
    ],
  })
  expect(answer).toMatchObject({ counted: 3, duplicates: 1, rejected: 8 })
  expect(answer.events.map(({ state, code, path }) => [state, code, path])).toEqual([
    ['counted', null, null],
    ['duplicate', null, null],
    ['rejected', 'quota.event_conflict', 'events.2.id'],
    ['rejected', 'quota.feature_not_metered', 'events.3.feature'],
    ['rejected', 'catalog.feature_unknown', 'events.4.feature'],
    ['rejected', 'quota.event_too_old', 'events.5.at'],
    ['rejected', 'quota.event_in_future', 'events.6.at'],
    ['rejected', 'input.invalid', 'events.7.properties'],
    ['rejected', 'input.invalid', 'events.8.properties'],
    ['rejected', 'input.invalid', 'events.9.amount'],
    ['counted', null, null],
    ['counted', null, null],
  ])
  expect(await used(ctx)).toBe(20)
})

test('an event is counted in the window and the hour it happened in', async () => {
  const ctx = await node.tenant()
  await track(ctx, {
    events: [event('a', { at: '2026-11-20T23:59:59.999Z' }), event('b', { at: '2026-11-21T00:00:00Z', amount: 3 }), event('c')],
  })
  expect(await used(ctx)).toBe(10)
  const { days } = await dailyUsage(ctx, { feature: 'characters', from: '2026-11-19', to: '2026-11-23' })
  expect(days).toEqual([
    { date: '2026-11-19', amount: 0 },
    { date: '2026-11-20', amount: 10 },
    { date: '2026-11-21', amount: 3 },
    { date: '2026-11-22', amount: 0 },
    { date: '2026-11-23', amount: 10 },
  ])
  expectBooksToBalance(await node.books(ctx.tenantId))
})

test('what happened is counted past the limit, as an overage that keeps the books', async () => {
  const ctx = await node.tenant()
  await track(ctx, { events: [event('a', { amount: 700 }), event('b', { amount: 700 })] })
  expect((await currentUsage(ctx)).features[0]).toMatchObject({ used: 1_400, limit: 1_000, remaining: 0 })
  expectBooksToBalance(await node.books(ctx.tenantId))
  const { rows } = await node.services.pool.query(`select units::int from quota_entry where tenant_id = $1 and kind = 'overage'`, [
    ctx.tenantId,
  ])
  expect(rows).toEqual([{ units: 400 }])
})

test('the same batch sent at once, again and again, is counted once', async () => {
  const ctx = await node.tenant()
  const events = Array.from({ length: 50 }, (_, index) =>
    event(`e${index}`, { at: `2026-11-${String(10 + (index % 12)).padStart(2, '0')}T12:00:00Z` }),
  )
  const orders = Array.from({ length: 12 }, (_, turn) => [...events.slice(turn * 4), ...events.slice(0, turn * 4)])
  const answers = await Promise.all(orders.map((order) => track(ctx, { events: order })))
  expect(answers.reduce((sum, { counted }) => sum + counted, 0)).toBe(50)
  expect(answers.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(50 * 11)
  expectBooksToBalance(await node.books(ctx.tenantId))
})

test('calls that come while another is counted are counted together, and each is told the fates of its own events', async () => {
  const ctx = await node.tenant()
  const calls = Array.from({ length: 40 }, (_, call) => [
    event(`own-${call}`),
    event(`unknown-${call}`, { feature: 'nothing' }),
    event('shared', { amount: call < 20 ? 10 : 11 }),
    event(`other-${call}`),
  ])
  const answers = await Promise.all(calls.map((events) => track(ctx, { events })))
  for (const [call, { events }] of answers.entries()) {
    expect(events.map(({ id }) => id)).toEqual(calls[call]!.map(({ id }) => id))
    expect(events[0]).toMatchObject({ state: 'counted' })
    expect(events[1]).toMatchObject({ state: 'rejected', code: 'catalog.feature_unknown', path: 'events.1.feature' })
    expect(events[3]).toMatchObject({ state: 'counted' })
  }
  const shared = answers.map(({ events }) => events[2]!)
  expect(shared.filter(({ state }) => state === 'counted')).toHaveLength(1)
  expect(shared.filter(({ state }) => state === 'duplicate')).toHaveLength(19)
  for (const { state, code, path } of shared.filter((fate) => fate.state === 'rejected'))
    expect([state, code, path]).toEqual(['rejected', 'quota.event_conflict', 'events.2.id'])
  expect(await used(ctx)).toBe(81 * 10 + (shared[0]!.state === 'rejected' ? 1 : 0))
  const { rows } = await node.services.pool.query<{ entries: number }>(
    `select count(*)::int as entries from quota_entry where tenant_id = $1 and kind = 'consume'`,
    [ctx.tenantId],
  )
  expect(rows[0]!.entries).toBeLessThan(20)
})

test('an event without a time of its own is the same one when it is sent again later, and properties have no order', async () => {
  const ctx = await node.tenant()
  await track(ctx, { events: [event('a', { properties: { x: 1, y: 2 } })] })
  clock.advance(5_000)
  const again = await track(ctx, { events: [event('a', { properties: { y: 2, x: 1 } })] })
  clock.set(NOW)
  expect(again).toMatchObject({ counted: 0, duplicates: 1 })
  expect((await track(ctx, { events: [event('a', { properties: { y: 2, x: 3 } })] })).events[0]).toMatchObject({
    code: 'quota.event_conflict',
  })
})

test('an event that stands for a request that was counted is a duplicate of it; one that was refused, or never came, is counted', async () => {
  const ctx = await node.tenant()
  await authorize(ctx, { feature: 'characters', amount: 600, requestId: 'counted' })
  await authorize(ctx, { feature: 'characters', amount: 600, requestId: 'refused' })
  const events = [
    event('a', { amount: 600, requestId: 'counted' }),
    event('b', { amount: 600, requestId: 'refused' }),
    event('c', { amount: 7, requestId: 'lost' }),
    event('d', { amount: 7, requestId: 'lost' }),
  ]
  expect((await track(ctx, { events })).events.map(({ state }) => state)).toEqual(['duplicate', 'counted', 'counted', 'duplicate'])
  expect((await track(ctx, { events })).counted).toBe(0)
  expect(await used(ctx)).toBe(1207)
  expectBooksToBalance(await node.books(ctx.tenantId))
})

test('a request that comes after the event that stands for it is answered by it, and counted once', async () => {
  const ctx = await node.tenant()
  await track(ctx, { events: [event('a', { amount: 30, requestId: 'late' })] })
  const decision = await authorize(ctx, { feature: 'characters', amount: 30, requestId: 'late' })
  expect(decision).toMatchObject({ allowed: true, remaining: 970, limit: 1000 })
  expect(await authorize(ctx, { feature: 'characters', amount: 30, requestId: 'late' })).toEqual(decision)
  expect(await used(ctx)).toBe(30)
  await expect(authorize(ctx, { feature: 'characters', amount: 31, requestId: 'late' })).rejects.toMatchObject({
    code: 'quota.request_conflict',
  })
})

test('a request and the event that stands for it, at the same time and many of them, are counted once', async () => {
  const ctx = await node.tenant()
  const ids = Array.from({ length: 40 }, (_, index) => `both-${index}`)
  await Promise.all(
    ids.flatMap((requestId) => [
      authorize(ctx, { feature: 'characters', amount: 10, requestId }),
      track(ctx, { events: [event(requestId, { requestId })] }),
    ]),
  )
  expect(await used(ctx)).toBe(400)
  expectBooksToBalance(await node.books(ctx.tenantId))
})

test('whether a request of more than a day ago was counted is not guessed', async () => {
  const ctx = await node.tenant()
  const { events } = await track(ctx, {
    events: [
      event('a', { requestId: 'old', at: '2026-11-22T09:59:59Z' }),
      event('b', { requestId: 'young', at: '2026-11-22T10:00:00Z' }),
    ],
  })
  expect(events).toEqual([
    { id: 'a', state: 'rejected', code: 'quota.request_too_old', path: 'events.0.requestId' },
    { id: 'b', state: 'counted', code: null, path: null },
  ])
})

test('two tenants may use the same event ids', async () => {
  const [ours, theirs] = [await node.tenant(), await node.tenant()]
  await track(ours, { events: [event('same')] })
  expect(await track(theirs, { events: [event('same', { amount: 3 })] })).toMatchObject({ counted: 1 })
})

test('a suspended tenant reports nothing', async () => {
  const ctx = await node.tenant()
  await node.services.pool.query(`update tenant set status = 'suspended' where id = $1`, [ctx.tenantId])
  await expect(track(ctx, { events: [event('a')] })).rejects.toMatchObject({ code: 'tenant.suspended' })
})

test('any batches in any order: used is the sum of the distinct events', async () => {
  const batches = fc.array(
    fc.array(fc.record({ id: fc.nat(15), day: fc.integer({ min: 1, max: 23 }) }), { minLength: 1, maxLength: 10 }),
    { minLength: 1, maxLength: 4 },
  )
  await fc.assert(
    fc.asyncProperty(batches, async (plan) => {
      const ctx = await node.tenant()
      const amounts = new Map<string, number>()
      const toEvent = ({ id, day }: { id: number; day: number }) => {
        const at = `2026-11-${String(1 + ((day + id) % 22)).padStart(2, '0')}T0${id % 10}:00:00Z`
        return event(`e${id}-${at}`, { amount: 1 + id, at })
      }
      for (const batch of plan) for (const one of batch.map(toEvent)) amounts.set(one.id, one.amount)
      await Promise.all(plan.map((batch) => track(ctx, { events: batch.map(toEvent) })))
      const { days } = await dailyUsage(ctx, { feature: 'characters' })
      const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0)
      expect(days.reduce((sum, { amount }) => sum + amount, 0)).toBe(total)
      expectBooksToBalance(await node.books(ctx.tenantId))
    }),
    { numRuns: 30 },
  )
})

test('a stretch of days that ends before it begins, or is longer than a year, is refused', async () => {
  const ctx = await node.tenant()
  await expect(dailyUsage(ctx, { feature: 'characters', from: '2026-11-24', to: '2026-11-23' })).rejects.toMatchObject({
    code: 'input.invalid',
  })
  await expect(dailyUsage(ctx, { feature: 'characters', from: '2024-01-01', to: '2026-11-23' })).rejects.toMatchObject({
    code: 'input.invalid',
  })
  await expect(dailyUsage(ctx, { feature: 'seats' })).rejects.toMatchObject({ code: 'quota.feature_not_metered' })
  expect((await dailyUsage(ctx, { feature: 'characters' })).days).toHaveLength(30)
})
