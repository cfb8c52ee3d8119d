import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { AuthorizeInput, GrantInput } from '@tollkeeper/shared'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { authorize } from './authorize.ts'
import { checkBooks } from './books/check-books.ts'
import { setCap } from './cap/set-cap.ts'
import { setSpendCap } from './cap/set-spend-cap.ts'
import { check } from './check.ts'
import { currentUsage } from './current-usage.ts'
import { explain } from './explain.ts'
import { acquire } from './gauge/acquire.ts'
import { release } from './gauge/release.ts'
import { correctUsage } from './grant/correct-usage.ts'
import { endOverrides } from './grant/end-overrides.ts'
import { grantUnits } from './grant/grant-units.ts'
import { listGrants } from './grant/list-grants.ts'
import { overrideLimit } from './grant/override-limit.ts'
import { voidGrant } from './grant/void-grant.ts'
import { reserve } from './reserve.ts'
import { commitReservation, releaseReservation } from './settle-reservation.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { asKey, asOperator, openTenantOn, TEST_KEY } from './testing/tenant-on.ts'
import { defineFeatures, putOnTerms, type TestTerms } from './testing/terms.ts'
import { track } from './track.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const DAY = 86_400_000
const clock = manualClock(NOW)
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })
const { services } = node
await defineFeatures(services, [
  { key: 'words' },
  { key: 'credits', kind: 'credit_system' },
  { key: 'image', credits: { featureKey: 'credits', units: 5, per: 1 } },
  { key: 'text', credits: { featureKey: 'credits', units: 1, per: 1000 } },
  { key: 'calls', aggregation: 'count' },
  { key: 'peak', aggregation: 'max' },
  { key: 'people', aggregation: 'unique' },
  { key: 'size', aggregation: 'latest' },
  { key: 'slots', kind: 'gauge' },
])

beforeEach(() => clock.set(NOW))
afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const tenantOn = (...terms: TestTerms[]) => openTenantOn(node, terms)

const give = (ctx: TenantContext, grant: Partial<GrantInput>) =>
  grantUnits(asOperator(ctx), {
    tenantId: ctx.tenantId,
    feature: 'words',
    units: 100,
    source: 'promotional',
    reason: 'test',
    priority: 0,
    ...grant,
  })
const ask = (ctx: TenantContext, amount: number, other: Partial<AuthorizeInput> = {}) =>
  authorize(ctx, { feature: 'words', amount, ...other })
const usage = async (ctx: TenantContext, feature = 'words') =>
  (await currentUsage(ctx)).features.find((one) => one.feature === feature)!
const inDays = (days: number) => new Date(Date.parse(NOW) + days * DAY).toISOString()

async function consumedBy(ctx: TenantContext): Promise<Record<string, number>> {
  const books = await node.books(ctx.tenantId)
  expectBooksToBalance(books)
  return Object.fromEntries(books.map(({ origin, consumed }) => [origin, consumed]))
}

test('units are used up by priority, then what ends earlier, then what was given earlier; the plan in its place among them', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100 })
  const late = await give(ctx, { expiresAt: inDays(30) })
  const early = await give(ctx, { expiresAt: inDays(0.1) })
  const first = await give(ctx, { priority: -1, expiresAt: inDays(60) })
  const never = await give(ctx, {})
  expect(await ask(ctx, 50)).toMatchObject({ allowed: true, remaining: 450, limit: 500 })
  expect(await consumedBy(ctx)).toMatchObject({ [first.id]: 50, [early.id]: 0, plan: 0, [late.id]: 0, [never.id]: 0 })
  expect((await ask(ctx, 270)).allowed).toBe(true)
  expect(await consumedBy(ctx)).toMatchObject({ [first.id]: 100, [early.id]: 100, plan: 100, [late.id]: 20, [never.id]: 0 })
  expect(await ask(ctx, 181)).toMatchObject({ allowed: false, remaining: 180, limit: 500 })
  const { evidence } = (await explain(ctx, { feature: 'words', amount: 181 })).steps.find(({ step }) => step === 'quota')!
  const grants = evidence.filter(({ kind }) => kind === 'grant').map(({ id }) => id)
  expect(grants.sort()).toEqual([late, early, first, never].map(({ id }) => id).sort())
  expect(await ask(ctx, 180)).toMatchObject({ allowed: true, remaining: 0 })
})

test('a grant that has not begun is not used, and one that has expired is gone with what was left of it', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10 })
  await give(ctx, { effectiveAt: inDays(1), expiresAt: inDays(2) })
  expect(await ask(ctx, 11)).toMatchObject({ allowed: false, limit: 10 })
  clock.set(inDays(1))
  expect(await ask(ctx, 60)).toMatchObject({ allowed: true, remaining: 50, limit: 110 })
  clock.set(inDays(2))
  expect(await ask(ctx, 11)).toMatchObject({ allowed: false, limit: 10 })
  expect((await listGrants(services, ctx.tenantId)).grants).toMatchObject([{ state: 'expired', used: 50, remaining: 0 }])
  await consumedBy(ctx)
})

test('a grant of a feature that the plan does not have can be used, and nothing else of it', async () => {
  const ctx = await tenantOn({ feature: 'calls', limit: 10 })
  expect(await ask(ctx, 1)).toMatchObject({ allowed: false, code: 'quota.not_in_plan' })
  await give(ctx, { units: 5 })
  expect(await ask(ctx, 5)).toMatchObject({ allowed: true, remaining: 0, limit: 5 })
  expect((await ask(ctx, 1)).allowed).toBe(false)
})

test('what is left of a voided grant is taken back, what was used stays used, and what is held does not come back', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10 })
  const grant = await give(ctx, { priority: -1 })
  await ask(ctx, 30)
  const held = await reserve(ctx, { feature: 'words', amount: 20, expiresIn: 60 })
  const voided = () => voidGrant(asOperator(ctx), { tenantId: ctx.tenantId, id: grant.id, reason: 'a mistake' })
  expect(await voided()).toMatchObject({ state: 'voided', used: 30, remaining: 0 })
  expect(await voided()).toMatchObject({ state: 'voided', used: 30 })
  expect(await ask(ctx, 11)).toMatchObject({ allowed: false, remaining: 10 })
  await releaseReservation(ctx, { id: held.reservationId! })
  expect(await check(ctx, { feature: 'words', amount: 11 })).toMatchObject({ allowed: false, remaining: 10 })
  expect(await consumedBy(ctx)).toMatchObject({ [grant.id]: 30, plan: 0 })
})

test('a reservation over several balances commits what would be used up first, and gives the rest back', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10 })
  const grant = await give(ctx, {})
  const held = await reserve(ctx, { feature: 'words', amount: 60, expiresIn: 60 })
  expect(held).toMatchObject({ allowed: true, remaining: 50 })
  expect(await commitReservation(ctx, { id: held.reservationId!, amount: 15 })).toMatchObject({
    amount: 60,
    used: 15,
    returned: 45,
  })
  expect(await commitReservation(ctx, { id: held.reservationId!, amount: 15 })).toMatchObject({ used: 15 })
  expect(await consumedBy(ctx)).toMatchObject({ plan: 10, [grant.id]: 5 })
  expect(await usage(ctx)).toMatchObject({ used: 15, reserved: 0, limit: 110, remaining: 95 })
})

test('past the limit: as far as the plan and the tenant’s own spending allow, and after everything else', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100, overage: 50, overagePrice: { minor: 3, per: 10 } })
  const grant = await give(ctx, {})
  expect(await ask(ctx, 220)).toMatchObject({ allowed: true, remaining: 0, limit: 200, overage: 20 })
  expect(await ask(ctx, 31)).toMatchObject({ allowed: false, code: 'quota.limit_reached' })
  expect(await consumedBy(ctx)).toMatchObject({ plan: 100, [grant.id]: 100, overage: 20 })
  // 9 fen at 3 for 10 units are 30 units
  await setSpendCap(ctx, { feature: 'words', amountMinor: 9 })
  expect(await ask(ctx, 11)).toMatchObject({ allowed: false })
  expect(await ask(ctx, 10)).toMatchObject({ allowed: true, overage: 10 })
  await setSpendCap(ctx, { feature: 'words', amountMinor: 3 })
  expect(await ask(ctx, 1)).toMatchObject({ allowed: false })
  expect(await usage(ctx)).toMatchObject({ used: 230, limit: 200, overage: { used: 30, limit: 30 } })
  await setSpendCap(ctx, { feature: 'words', amountMinor: null })
  expect(await ask(ctx, 20)).toMatchObject({ allowed: true, overage: 20 })
  await consumedBy(ctx)
})

test('a soft limit lets everything pass, and says how much of it is past the limit', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10, overage: null })
  expect(await ask(ctx, 25)).toMatchObject({ allowed: true, remaining: 0, limit: 10, overage: 15 })
  expect(await ask(ctx, 1_000)).toMatchObject({ allowed: true, overage: 1_000 })
  expect(await usage(ctx)).toMatchObject({ used: 1_025, overage: { used: 1_015, limit: null } })
})

test('a plan that sells every unit, with a limit of none, lets through as many as may be paid for', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 0, overage: 50, overagePrice: { minor: 3, per: 10 } })
  expect(await check(ctx, { feature: 'words', amount: 20 })).toMatchObject({ allowed: true, overage: 20 })
  expect(await ask(ctx, 20)).toMatchObject({ allowed: true, remaining: 0, limit: 0, overage: 20 })
  const refused = { allowed: false, code: 'quota.limit_reached', step: 'quota' }
  expect(await ask(ctx, 31)).toMatchObject(refused)
  expect(await check(ctx, { feature: 'words', amount: 31 })).toMatchObject(refused)
  expect(await ask(ctx, 30)).toMatchObject({ allowed: true, overage: 30 })
  expect(await usage(ctx)).toMatchObject({ used: 50, limit: 0, overage: { used: 50, limit: 50 } })
  await consumedBy(ctx)
})

test('a limit that becomes soft, or hard again, holds in the window that is under way', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10 })
  await ask(ctx, 10)
  expect((await ask(ctx, 1)).allowed).toBe(false)
  await putOnTerms(services, ctx.tenantId, [{ feature: 'words', limit: 10, overage: 5 }])
  expect(await ask(ctx, 4)).toMatchObject({ allowed: true, overage: 4 })
  await putOnTerms(services, ctx.tenantId, [{ feature: 'words', limit: 10 }])
  expect((await ask(ctx, 1)).allowed).toBe(false)
  await consumedBy(ctx)
})

test('unused units roll over up to their cap, are used first, and are moved rather than copied', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100, rollover: 40 })
  await ask(ctx, 30)
  clock.set(inDays(1))
  expect(await ask(ctx, 50)).toMatchObject({ allowed: true, limit: 140, remaining: 90 })
  expect(await consumedBy(ctx)).toMatchObject({ rollover: 40, plan: 10 })
  // of the day before 30 are left that did not roll over; what is reported past them is past the limit
  await track(ctx, { events: [{ id: 'late', feature: 'words', amount: 70, at: NOW }] })
  const books = await node.books(ctx.tenantId)
  expectBooksToBalance(books)
  expect(books[0]).toMatchObject({ origin: 'plan', consumed: 100, granted: 100 })
  clock.set(inDays(2))
  expect(await ask(ctx, 141)).toMatchObject({ allowed: false, limit: 140 })
})

test('a day on which nobody asked rolls over as well, for who was entitled to it', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100, rollover: 40 })
  clock.set(inDays(5))
  expect(await ask(ctx, 140)).toMatchObject({ allowed: true, limit: 140, remaining: 0 })
  await consumedBy(ctx)
})

test('a member’s part and a key’s part hold beside the whole, and say so', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100 })
  const { userId } = ctx.caller as { userId: string }
  await setCap(ctx, { feature: 'words', holder: 'each_member', limit: 30 })
  expect(await ask(ctx, 20)).toMatchObject({ allowed: true, remaining: 80 })
  expect(await ask(ctx, 11)).toMatchObject({ allowed: false, code: 'quota.cap_reached', step: 'quota', remaining: 10, limit: 30 })
  expect((await ask(ctx, 11)).remedies[0]).toEqual({ kind: 'raise_cap', limit: 31 })
  expect(await check(ctx, { feature: 'words', amount: 11 })).toMatchObject({
    allowed: false,
    code: 'quota.cap_reached',
    remaining: 10,
  })
  expect((await explain(ctx, { feature: 'words', amount: 11 })).smallestChange).toEqual({ kind: 'raise_cap', limit: 31 })
  await setCap(ctx, { feature: 'words', holder: userId, limit: 60 })
  expect((await ask(ctx, 40)).allowed).toBe(true)
  expect((await ask(ctx, 1)).code).toBe('quota.cap_reached')
  const key = asKey(ctx)
  expect((await ask(key, 5, { member: 'usr_other' })).allowed).toBe(true)
  expect(await ask(key, 26, { member: 'usr_other' })).toMatchObject({ code: 'quota.cap_reached', remaining: 25 })
  await setCap(ctx, { feature: 'words', holder: TEST_KEY, limit: 10 })
  expect(await ask(key, 11)).toMatchObject({ code: 'quota.cap_reached', remaining: 10 })
  await setCap(ctx, { feature: 'words', holder: 'each_member', limit: null })
  await setCap(ctx, { feature: 'words', holder: userId, limit: null })
  expect((await ask(ctx, 35)).allowed).toBe(true)
  await consumedBy(ctx)
})

test('too fast is refused before anything is taken, and passes again in the next stretch', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100, rates: [{ name: 'burst', units: 10, seconds: 1 }] })
  expect((await ask(ctx, 10)).allowed).toBe(true)
  expect(await ask(ctx, 1)).toMatchObject({ allowed: false, code: 'rate.limit_reached', step: 'rate', remaining: 0, limit: 10 })
  expect((await ask(ctx, 1)).remedies).toEqual([{ kind: 'wait', until: '2026-11-23T10:00:01.000Z' }])
  expect(await check(ctx, { feature: 'words', amount: 1 })).toMatchObject({ allowed: false, code: 'rate.limit_reached' })
  expect(await usage(ctx)).toMatchObject({ used: 10 })
  clock.set('2026-11-23T10:00:01.000Z')
  expect((await ask(ctx, 10)).allowed).toBe(true)
  await consumedBy(ctx)
})

test('a rate holds over nodes', async () => {
  await using other = await node.another()
  const ctx = await tenantOn({ feature: 'words', limit: 1_000, rates: [{ name: 'burst', units: 10, seconds: 60 }] })
  const both = [ctx, { ...ctx, services: other.services }]
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(both[index % 2]!, 1)))
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(10)
})

test('features that are paid in credits take them at their rates, a part as a whole, from one balance', async () => {
  const ctx = await tenantOn({ feature: 'credits', limit: 20, cadence: 'month' })
  expect(await ask(ctx, 2, { feature: 'image' })).toMatchObject({
    allowed: true,
    remaining: 10,
    credits: { feature: 'credits', amount: 10 },
  })
  expect(await ask(ctx, 1_001, { feature: 'text' })).toMatchObject({ allowed: true, remaining: 8, credits: { amount: 2 } })
  const refused = await ask(ctx, 2, { feature: 'image', requestId: 'two' })
  expect(refused).toMatchObject({ allowed: false, remaining: 8, credits: { amount: 10 } })
  expect(refused.remedies).toContainEqual({ kind: 'top_up', feature: 'credits', units: 2 })
  expect(refused.remedies).toContainEqual({ kind: 'use_less', amount: 1 })
  expect(await ask(ctx, 2, { feature: 'image', requestId: 'two' })).toEqual(refused)
  await give(ctx, { feature: 'credits', units: 2 })
  expect(await ask(ctx, 2, { feature: 'image' })).toMatchObject({ allowed: true, remaining: 0 })
  await expect(give(ctx, { feature: 'image' })).rejects.toMatchObject({ code: 'quota.paid_in_credits' })
  const held = await reserve(ctx, { feature: 'text', amount: 1, expiresIn: 60 })
  expect(held.allowed).toBe(false)
  await consumedBy(ctx)
})

test('a reservation in credits is committed in the units that were asked for', async () => {
  const ctx = await tenantOn({ feature: 'credits', limit: 20 })
  const held = await reserve(ctx, { feature: 'text', amount: 5_000, expiresIn: 60 })
  expect(held).toMatchObject({ allowed: true, remaining: 15, credits: { amount: 5 } })
  expect(await commitReservation(ctx, { id: held.reservationId!, amount: 1_500 })).toMatchObject({ used: 1_500, returned: 3_500 })
  expect(await usage(ctx, 'credits')).toMatchObject({ used: 2, remaining: 18 })
})

test('what is counted how often, what is largest, what is different, and what was said last', async () => {
  const ctx = await tenantOn(
    { feature: 'calls', limit: 2 },
    { feature: 'peak', limit: 10 },
    { feature: 'people', limit: 2 },
    { feature: 'size', limit: 10 },
  )
  const used = async (feature: string) => (await usage(ctx, feature)).used
  expect((await ask(ctx, 7, { feature: 'calls' })).allowed).toBe(true)
  expect(await used('calls')).toBe(1)
  await ask(ctx, 7, { feature: 'calls' })
  expect((await ask(ctx, 1, { feature: 'calls' })).allowed).toBe(false)

  for (const amount of [4, 3, 9]) expect((await ask(ctx, amount, { feature: 'peak' })).allowed).toBe(true)
  expect((await ask(ctx, 11, { feature: 'peak' })).allowed).toBe(false)
  expect(await used('peak')).toBe(9)

  for (const resource of ['ada', 'bob', 'ada']) expect((await ask(ctx, 1, { feature: 'people', resource })).allowed).toBe(true)
  expect((await ask(ctx, 1, { feature: 'people', resource: 'eve' })).allowed).toBe(false)
  expect(await check(ctx, { feature: 'people', amount: 1, resource: 'bob' })).toMatchObject({ allowed: true })
  expect(await used('people')).toBe(2)
  await expect(ask(ctx, 1, { feature: 'people' })).rejects.toMatchObject({ code: 'quota.resource_missing' })

  for (const amount of [8, 2, 10]) expect((await ask(ctx, amount, { feature: 'size' })).allowed).toBe(true)
  expect((await ask(ctx, 11, { feature: 'size' })).allowed).toBe(false)
  await track(ctx, {
    events: [
      { id: 's1', feature: 'size', amount: 3 },
      { id: 'p1', feature: 'people', amount: 1, resource: 'eve' },
    ],
  })
  expect([await used('size'), await used('people')]).toEqual([3, 3])
  await expect(reserve(ctx, { feature: 'peak', amount: 1, expiresIn: 60 })).rejects.toMatchObject({ code: 'quota.not_reservable' })
  await consumedBy(ctx)
})

test('another limit than the plan’s holds at once, over a change of plan, and up to its end', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10 })
  await ask(ctx, 10)
  await overrideLimit(asOperator(ctx), {
    tenantId: ctx.tenantId,
    feature: 'words',
    limit: 50,
    reason: 'a trial',
    endsAt: inDays(0.5),
  })
  expect(await ask(ctx, 20)).toMatchObject({ allowed: true, limit: 50 })
  await putOnTerms(services, ctx.tenantId, [{ feature: 'words', limit: 15 }])
  expect(await ask(ctx, 20)).toMatchObject({ allowed: true, remaining: 0 })
  clock.set(inDays(0.5))
  await endOverrides(services)
  expect(await usage(ctx)).toMatchObject({ used: 50, limit: 15, remaining: 0 })
  clock.set(inDays(1))
  expect(await ask(ctx, 16)).toMatchObject({ allowed: false, limit: 15 })
  await consumedBy(ctx)
})

test('a usage event that was wrong is corrected by entries that name it, in the window in which it happened', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100 })
  await track(ctx, { events: [{ id: 'e1', feature: 'words', amount: 90, at: NOW }] })
  const correct = (amount: number) =>
    correctUsage(asOperator(ctx), { tenantId: ctx.tenantId, eventId: 'e1', amount, reason: 'a bug in the app' })
  expect(await correct(40)).toMatchObject({ before: 90, amount: 40 })
  expect(await usage(ctx)).toMatchObject({ used: 40, remaining: 60 })
  expect(await correct(40)).toMatchObject({ before: 40, amount: 40 })
  expect(await correct(120)).toMatchObject({ before: 40, amount: 120 })
  expect(await usage(ctx)).toMatchObject({ used: 120, remaining: 0 })
  expect(await correct(0)).toMatchObject({ before: 120 })
  expect(await usage(ctx)).toMatchObject({ used: 0 })
  await consumedBy(ctx)
  const { rows } = await services.pool.query(
    `select units::int from quota_entry where tenant_id = $1 and kind = 'correct' and reverses = 'e1' order by id`,
    [ctx.tenantId],
  )
  expect(rows.map(({ units }) => units)).toEqual([-50, 80, -120])
  await expect(
    correctUsage(asOperator(ctx), { tenantId: ctx.tenantId, eventId: 'none', amount: 1, reason: 'x' }),
  ).rejects.toMatchObject({ code: 'quota.event_not_found' })
})

test('a correction gives back the part of who reported it as well, where that was counted', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 100 })
  const report = (id: string) => track(ctx, { events: [{ id, feature: 'words', amount: 20, at: NOW }] })
  const correct = (eventId: string, amount: number) =>
    correctUsage(asOperator(ctx), { tenantId: ctx.tenantId, eventId, amount, reason: 'a bug in the app' })
  const left = async () => (await check(ctx, { feature: 'words', amount: 31 })).remaining
  await report('before the cap')
  await setCap(ctx, { feature: 'words', holder: 'each_member', limit: 30 })
  clock.advance(1)
  await report('within it')
  expect(await left()).toBe(10)
  await correct('before the cap', 5)
  expect(await left()).toBe(10)
  await correct('within it', 5)
  expect(await left()).toBe(25)
  await correct('within it', 25)
  expect(await left()).toBe(5)
  await consumedBy(ctx)
})

test('what a correction gives back to a grant that was used up is told and can be used in later windows', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10 })
  await give(ctx, { priority: -1 })
  await track(ctx, { events: [{ id: 'e1', feature: 'words', amount: 100, at: NOW }] })
  clock.set(inDays(1))
  await ask(ctx, 1)
  expect(await ask(ctx, 1)).toMatchObject({ allowed: true, remaining: 8, limit: 10 })
  await correctUsage(asOperator(ctx), { tenantId: ctx.tenantId, eventId: 'e1', amount: 40, reason: 'a bug in the app' })
  expect(await ask(ctx, 1)).toMatchObject({ allowed: true, remaining: 67, limit: 110 })
  expect((await ask(ctx, 68)).allowed).toBe(false)
  expect(await ask(ctx, 67)).toMatchObject({ allowed: true, remaining: 0 })
  await consumedBy(ctx)
})

test('the check of the books finds nothing wrong with any of this', async () => {
  const ctx = await tenantOn({ feature: 'slots', limit: 5, cadence: 'never' })
  await acquire(ctx, { feature: 'slots', holder: 'a', amount: 3 })
  await acquire(ctx, { feature: 'slots', holder: 'b', amount: 1 })
  await release(ctx, { feature: 'slots', holder: 'a' })
  let balances = 0
  for (;;) {
    const run = await checkBooks(services)
    expect(run.alarms).toEqual([])
    balances += run.balances
    if (run.roundEnded) break
  }
  expect(balances).toBeGreaterThan(40)
})
