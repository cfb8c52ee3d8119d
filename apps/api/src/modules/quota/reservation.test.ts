import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { ReservationDecision } from '@tollkeeper/shared'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { authorize } from './authorize.ts'
import { check } from './check.ts'
import { currentUsage } from './current-usage.ts'
import { dailyUsage } from './daily-usage.ts'
import { expireReservations } from './reservation/expire-reservations.ts'
import { forgetSettled } from './reservation/forget-settled.ts'
import { reserve } from './reserve.ts'
import { commitReservation, releaseReservation } from './settle-reservation.ts'
import { showReservation } from './show-reservation.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { track } from './track.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const MINUTE = 60_000
const clock = manualClock(NOW)
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })

beforeEach(() => clock.set(NOW))
afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** Holds units of the thousand characters a day that the default plan gives. */
async function hold(ctx: TenantContext, amount: number, other: { requestId?: string; expiresIn?: number } = {}): Promise<string> {
  const held = await reserve(ctx, { feature: 'characters', amount, expiresIn: 300, ...other })
  expect(held).toMatchObject({ allowed: true, reservationId: expect.stringMatching(/^rsv_/) })
  return held.reservationId!
}

const ask = (ctx: TenantContext, amount: number) => authorize(ctx, { feature: 'characters', amount })

async function balanceOf(ctx: TenantContext) {
  expectBooksToBalance(await node.books(ctx.tenantId))
  const { used, reserved, remaining, limit } = (await currentUsage(ctx)).features.find(({ feature }) => feature === 'characters')!
  return { used, reserved, remaining, limit }
}

test('what is reserved is held apart from what is used, and nobody else can take it', async () => {
  const ctx = await node.tenant()
  await ask(ctx, 100)
  const held = await reserve(ctx, { feature: 'characters', amount: 800, expiresIn: 60 })
  expect(held).toMatchObject({ code: 'allowed', amount: 800, remaining: 100, limit: 1_000, expiresAt: '2026-11-23T10:01:00.000Z' })
  expect(await balanceOf(ctx)).toEqual({ used: 100, reserved: 800, remaining: 100, limit: 1_000 })
  expect(await ask(ctx, 101)).toMatchObject({ allowed: false, code: 'quota.limit_reached', remaining: 100 })
  expect((await dailyUsage(ctx, { feature: 'characters' })).days.at(-1)!.amount).toBe(100)
})

test('a refused reservation holds nothing, and says why and what would help as authorize does', async () => {
  const ctx = await node.tenant()
  const asked = { feature: 'characters', amount: 1_001 }
  const { decisionId: _, ...refused } = await authorize(ctx, asked)
  const { decisionId, reservationId, expiresAt, ...told } = await reserve(ctx, { ...asked, expiresIn: 300 })
  expect(told).toEqual(refused)
  expect([reservationId, expiresAt]).toEqual([null, null])
  expect(told.remedies.map(({ kind }) => kind)).toContain('upgrade')
  expect(await balanceOf(ctx)).toMatchObject({ used: 0, reserved: 0 })
  const { rows } = await node.services.pool.query('select from reservation where tenant_id = $1', [ctx.tenantId])
  expect(rows).toEqual([])
})

test('a commit uses what was used and gives the rest back, once, however often it is sent', async () => {
  const ctx = await node.tenant()
  const id = await hold(ctx, 800)
  const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => commitReservation(ctx, { id, amount: 300 })))
  expect(first).toMatchObject({ state: 'committed', amount: 800, used: 300, returned: 500, settledAt: NOW })
  for (const other of others) expect(other).toEqual(first)
  clock.advance(10 * MINUTE)
  expect(await commitReservation(ctx, { id, amount: 300 }), 'also when its time would be over').toEqual(first)
  expect(await showReservation(ctx, { id })).toEqual(first)
  expect(await balanceOf(ctx)).toEqual({ used: 300, reserved: 0, remaining: 700, limit: 1_000 })
  expect((await dailyUsage(ctx, { feature: 'characters' })).days.at(-1)!.amount).toBe(300)
})

test('room that came back is there at once, also for somebody who was refused a moment ago', async () => {
  const ctx = await node.tenant()
  const id = await hold(ctx, 1_000)
  expect((await ask(ctx, 1)).allowed).toBe(false)
  const released = await releaseReservation(ctx, { id })
  expect(released).toMatchObject({ state: 'released', used: 0, returned: 1_000 })
  expect((await ask(ctx, 1_000)).allowed).toBe(true)
  expect(await releaseReservation(ctx, { id })).toEqual(released)
  expect(await balanceOf(ctx)).toMatchObject({ used: 1_000, reserved: 0 })
})

test.each<[string, string, (ctx: TenantContext, id: string) => Promise<unknown>]>([
  ['a commit above what is held', 'reservation.amount_above', (ctx, id) => commitReservation(ctx, { id, amount: 101 })],
  [
    'a commit of another amount',
    'reservation.settled',
    (ctx, id) => commitReservation(ctx, { id, amount: 100 }).then(() => commitReservation(ctx, { id, amount: 99 })),
  ],
  [
    'a commit after the release',
    'reservation.settled',
    (ctx, id) => releaseReservation(ctx, { id }).then(() => commitReservation(ctx, { id, amount: 1 })),
  ],
  [
    'a release after the commit',
    'reservation.settled',
    (ctx, id) => commitReservation(ctx, { id, amount: 100 }).then(() => releaseReservation(ctx, { id })),
  ],
  ['an id that is none', 'reservation.not_found', (ctx) => commitReservation(ctx, { id: 'rsv_0', amount: 1 })],
  ['the release of an id that is none', 'reservation.not_found', (ctx) => releaseReservation(ctx, { id: 'rsv_0' })],
  [
    'a commit by another tenant',
    'reservation.not_found',
    async (_, id) => commitReservation(await node.tenant(), { id, amount: 1 }),
  ],
  ['a release by another tenant', 'reservation.not_found', async (_, id) => releaseReservation(await node.tenant(), { id })],
  ['a look by another tenant', 'reservation.not_found', async (_, id) => showReservation(await node.tenant(), { id })],
])('%s is refused with its code, and nothing is charged by it', async (_, code, attempt) => {
  const ctx = await node.tenant()
  const id = await hold(ctx, 100)
  await expect(attempt(ctx, id)).rejects.toMatchObject({ code })
  const { state, used } = await showReservation(ctx, { id })
  expect(await balanceOf(ctx)).toMatchObject({ used, reserved: state === 'held' ? 100 : 0 })
})

test('a reservation counts to the last instant of its time, and then no more, also before anybody gave it back', async () => {
  const ctx = await node.tenant()
  await hold(ctx, 1_000, { expiresIn: 60 })
  clock.advance(MINUTE - 1)
  expect((await ask(ctx, 1)).allowed).toBe(false)
  clock.advance(1)
  expect(await check(ctx, { feature: 'characters', amount: 1_000 })).toMatchObject({ allowed: true, limit: 1_000 })
  expect(await balanceOf(ctx)).toEqual({ used: 0, reserved: 0, remaining: 1_000, limit: 1_000 })
})

test('what expired makes room for whoever is short, and comes back once, also when several give it back at the same time', async () => {
  const ctx = await node.tenant()
  const id = await hold(ctx, 1_000, { expiresIn: 60 })
  clock.advance(MINUTE)
  const [asked, held] = await Promise.all([
    ask(ctx, 400),
    reserve(ctx, { feature: 'characters', amount: 500, expiresIn: 60 }),
    expireReservations(node.services),
    expireReservations(node.services),
  ])
  expect([asked.allowed, held.allowed]).toEqual([true, true])
  expect(await balanceOf(ctx)).toMatchObject({ used: 400, reserved: 500, remaining: 100 })
  const { rows } = await node.services.pool.query(
    "select units::int from quota_entry where tenant_id = $1 and kind = 'expire' and reservation_id = $2",
    [ctx.tenantId, id],
  )
  expect(rows).toEqual([{ units: 1_000 }])
  await expect(commitReservation(ctx, { id, amount: 1 })).rejects.toMatchObject({ code: 'reservation.expired' })
  expect(await releaseReservation(ctx, { id })).toMatchObject({ state: 'expired', returned: 1_000 })
})

test('a commit that comes too late gives back what was held, and charges nothing', async () => {
  const ctx = await node.tenant()
  const id = await hold(ctx, 100, { expiresIn: 60 })
  clock.advance(MINUTE)
  await expect(commitReservation(ctx, { id, amount: 1 })).rejects.toMatchObject({ code: 'reservation.expired' })
  expect((await node.books(ctx.tenantId))[0]).toMatchObject({ consumed: 0, reserved: 0 })
  expect(await showReservation(ctx, { id })).toMatchObject({ state: 'expired', settledAt: '2026-11-23T10:01:00.000Z' })
})

test('what was reserved on one day is used on that day', async () => {
  const ctx = await node.tenant()
  clock.set('2026-11-23T23:59:00Z')
  const id = await hold(ctx, 900, { expiresIn: 600 })
  clock.set('2026-11-24T00:01:00Z')
  await commitReservation(ctx, { id, amount: 700 })
  expect(await balanceOf(ctx)).toEqual({ used: 0, reserved: 0, remaining: 1_000, limit: 1_000 })
  const { days } = await dailyUsage(ctx, { feature: 'characters', from: '2026-11-23', to: '2026-11-24' })
  expect(days.map(({ amount }) => amount)).toEqual([700, 0])
})

test('a smaller plan keeps what is reserved, and what comes back of it is not granted again', async () => {
  const ctx = await node.tenant()
  await node.putOnPlan(ctx.tenantId, 'starter')
  const [first, second] = [await hold(ctx, 30_000), await hold(ctx, 10_000)]
  await node.putOnPlan(ctx.tenantId, 'free')
  expect(await balanceOf(ctx)).toEqual({ used: 0, reserved: 40_000, remaining: 0, limit: 1_000 })
  await commitReservation(ctx, { id: first, amount: 200 })
  expect(await balanceOf(ctx)).toMatchObject({ used: 200, reserved: 10_000, remaining: 0 })
  clock.advance(5 * MINUTE)
  expect(await check(ctx, { feature: 'characters', amount: 800 })).toMatchObject({ allowed: true, limit: 1_000 })
  expect(await ask(ctx, 801)).toMatchObject({ allowed: false, remaining: 800 })
  expect(await showReservation(ctx, { id: second })).toMatchObject({ state: 'expired' })
  expect((await node.books(ctx.tenantId))[0]).toMatchObject({ granted: 1_000, consumed: 200, reserved: 0 })
})

test('usage reported past the limit does not make a reservation an extra grant', async () => {
  const ctx = await node.tenant()
  const id = await hold(ctx, 900)
  await track(ctx, { events: [{ id: 'late', feature: 'characters', amount: 600 }] })
  expect((await node.books(ctx.tenantId))[0]).toMatchObject({ granted: 1_500, consumed: 600, reserved: 900 })
  await releaseReservation(ctx, { id })
  expect(await ask(ctx, 401)).toMatchObject({ allowed: false, remaining: 400 })
  expectBooksToBalance(await node.books(ctx.tenantId))
})

test('the same request id holds once and is answered the same; for anything else it is refused', async () => {
  const ctx = await node.tenant()
  const asked = { feature: 'characters', amount: 300, requestId: 'one', expiresIn: 60 }
  const answers = await Promise.all([1, 2, 3].map(() => reserve(ctx, asked)))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(await balanceOf(ctx)).toMatchObject({ reserved: 300 })
  const conflict = { code: 'quota.request_conflict', particulars: { decisionId: answers[0]!.decisionId } }
  await expect(reserve(ctx, { ...asked, expiresIn: 61 })).rejects.toMatchObject(conflict)
  await expect(reserve(ctx, { ...asked, amount: 301 })).rejects.toMatchObject(conflict)
  await expect(reserve(ctx, { ...asked, feature: 'api_calls' })).rejects.toMatchObject(conflict)
  await expect(authorize(ctx, { feature: 'characters', amount: 300, requestId: 'one' })).rejects.toMatchObject(conflict)
  await authorize(ctx, { feature: 'characters', amount: 5, requestId: 'two' })
  await expect(reserve(ctx, { ...asked, amount: 5, requestId: 'two' })).rejects.toMatchObject({ code: conflict.code })
  const refused: ReservationDecision = await reserve(ctx, { ...asked, amount: 5_000, requestId: 'big' })
  await node.putOnPlan(ctx.tenantId, 'pro')
  expect(await reserve(ctx, { ...asked, amount: 5_000, requestId: 'big' })).toMatchObject({
    allowed: false,
    decisionId: refused.decisionId,
    reservationId: null,
  })
  expect(await balanceOf(ctx)).toMatchObject({ used: 5, reserved: 300 })
})

test('a feature that is not counted cannot be reserved', async () => {
  const ctx = await node.tenant()
  await expect(reserve(ctx, { feature: 'seats', amount: 1, expiresIn: 60 })).rejects.toMatchObject({
    code: 'quota.feature_not_metered',
  })
})

test('a reservation is forgotten two days after it was settled, never while it is held', async () => {
  const ctx = await node.tenant()
  const [settled, held] = [await hold(ctx, 10), await hold(ctx, 10, { expiresIn: 86_400 })]
  await commitReservation(ctx, { id: settled, amount: 10 })
  clock.advance(48 * 60 * MINUTE)
  await forgetSettled(node.services)
  expect(await showReservation(ctx, { id: settled })).toMatchObject({ state: 'committed' })
  clock.advance(1)
  await forgetSettled(node.services)
  await expect(showReservation(ctx, { id: settled })).rejects.toMatchObject({ code: 'reservation.not_found' })
  expect(await showReservation(ctx, { id: held })).toMatchObject({ state: 'expired' })
})
