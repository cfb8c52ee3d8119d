import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { UsageEventInput } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { correctUsage } from '../grant/correct-usage.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { asOperator } from '../testing/tenant-on.ts'
import { defineFeatures, putOnTerms } from '../testing/terms.ts'
import { track } from '../track.ts'
import { forgetRejections } from './forget-rejections.ts'
import { rejectedEvents } from './rejected-events.ts'
import { traceEvent } from './trace-event.ts'

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
const refusedStep = async (ctx: TenantContext, id: string) => {
  const { state, steps } = await traceEvent(ctx, { id })
  expect(state).toBe('rejected')
  return steps.filter(({ outcome }) => outcome === 'refused').map(({ step, code }) => [step, code])
}
const rejectionRows = async ({ tenantId }: TenantContext) =>
  (await node.services.pool.query('select * from usage_rejection where tenant_id = $1', [tenantId])).rows

test('a counted event is told step by step, and each piece of evidence is there in the books', async () => {
  const ctx = await node.tenant()
  await track(ctx, {
    events: [
      event('other'),
      event('a', { at: '2026-11-20T23:30:00Z', amount: 990 }),
      event('b', { at: '2026-11-20T01:00:00Z', amount: 30 }),
    ],
  })
  const trace = await traceEvent(ctx, { id: 'a' })
  expect(trace).toMatchObject({
    state: 'counted',
    repeatedAt: null,
    refusals: [],
    event: { id: 'a', amount: 990, at: '2026-11-20T23:30:00.000Z', receivedAt: NOW },
  })
  expect(trace.steps.map(({ step, outcome, at }) => [step, outcome, at])).toEqual(
    ['received', 'deduplicated', 'matched', 'counted', 'rated'].map((step) => [step, 'passed', NOW]),
  )
  const evidence = Object.fromEntries(trace.steps.flatMap((step) => step.evidence).map(({ kind, id }) => [kind, id]))
  expect(evidence).toMatchObject({
    feature: 'characters',
    balance: 'characters/2026-11-20T00:00:00.000Z/plan',
    hour: '2026-11-20T23:00:00.000Z',
  })
  const { rows } = await node.services.pool.query(
    'select kind, units::int, window_start from quota_entry where tenant_id = $1 and id = any($2::bigint[]) order by kind',
    [ctx.tenantId, [evidence.ledger_entry, evidence.overage_entry]],
  )
  const windowStart = new Date('2026-11-20T00:00:00Z')
  expect(rows).toEqual([
    { kind: 'consume', units: 1_020, window_start: windowStart },
    { kind: 'overage', units: 20, window_start: windowStart },
  ])
})

test('an event that was corrected says to what, and one that is paid in credits in which', async () => {
  await defineFeatures(node.services, [
    { key: 'credits', kind: 'credit_system' },
    { key: 'image', credits: { featureKey: 'credits', units: 5, per: 1 } },
  ])
  const ctx = await node.tenant()
  await putOnTerms(node.services, ctx.tenantId, [{ feature: 'credits', limit: 100 }])
  await track(ctx, { events: [event('wrong', { feature: 'image', amount: 3 })] })
  for (const amount of [2, 1])
    await correctUsage(asOperator(ctx), { tenantId: ctx.tenantId, eventId: 'wrong', amount, reason: 'a bug' })
  const { event: told, steps } = await traceEvent(ctx, { id: 'wrong' })
  expect(told).toMatchObject({ amount: 3 })
  expect(steps.slice(3).map(({ detail }) => detail)).toEqual([
    `3 in the window that holds ${NOW}. Corrected to 2 at ${NOW}. Corrected to 1 at ${NOW}.`,
    'It is paid in credits. All of it was within what was granted.',
  ])
  expect(steps[3]!.evidence).toEqual(
    expect.arrayContaining([
      { kind: 'correction', id: 'wrong/1' },
      { kind: 'correction', id: 'wrong/2' },
      { kind: 'balance', id: 'credits/2026-11-23T00:00:00.000Z/plan' },
    ]),
  )
})

test('an event that is sent again says so, and so does one whose id came with other content', async () => {
  const ctx = await node.tenant()
  await track(ctx, { events: [event('a')] })
  clock.advance(3_600_000)
  await track(ctx, { events: [event('a'), event('a', { amount: 11 })] })
  await track(ctx, { events: [event('a', { amount: 12 })] })
  clock.set(NOW)
  const { state, repeatedAt, steps, refusals } = await traceEvent(ctx, { id: 'a' })
  expect({ state, repeatedAt }).toEqual({ state: 'counted', repeatedAt: '2026-11-23T11:00:00.000Z' })
  expect(refusals).toMatchObject([{ code: 'quota.event_conflict', field: 'id', times: 2, amount: 12 }])
  expect(steps[1]!.detail).toContain('2 times')
})

test.each<[string, Partial<UsageEventInput>, string, string]>([
  ['too old', { at: '2026-10-01T00:00:00Z' }, 'received', 'quota.event_too_old'],
  ['in the future', { at: '2027-01-01T00:00:00Z' }, 'received', 'quota.event_in_future'],
  ['what cannot be stored', { properties: { text: '\0' } }, 'received', 'input.invalid'],
  ['an unknown feature', { feature: 'nothing' }, 'matched', 'catalog.feature_unknown'],
  ['a feature that is not counted', { feature: 'seats' }, 'matched', 'quota.feature_not_metered'],
  ['more than can be counted', { amount: Number.MAX_SAFE_INTEGER }, 'counted', 'input.invalid'],
])('an event that is refused is told with the step it was refused at: %s', async (_name, other, step, code) => {
  const ctx = await node.tenant()
  await track(ctx, { events: [event('first'), event('x/?#', other)] })
  expect(await refusedStep(ctx, 'x/?#')).toEqual([[step, code]])
  const { steps } = await traceEvent(ctx, { id: 'x/?#' })
  const place = steps.findIndex(({ outcome }) => outcome === 'refused')
  expect(steps.slice(0, place).every(({ outcome }) => outcome === 'passed')).toBe(true)
  expect(steps.slice(place + 1).every(({ outcome, at }) => outcome === 'not_reached' && at === null)).toBe(true)
})

test('an event that was refused and then sent rightly is counted, and keeps what was wrong before', async () => {
  const ctx = await node.tenant()
  await track(ctx, { events: [event('a', { feature: 'nothing' })] })
  await track(ctx, { events: [event('a')] })
  expect(await traceEvent(ctx, { id: 'a' })).toMatchObject({ state: 'counted', refusals: [{ code: 'catalog.feature_unknown' }] })
})

test('sending what is refused or known again and again adds no rows', async () => {
  const ctx = await node.tenant()
  const events = [event('good'), event('bad', { feature: 'nothing' })]
  await track(ctx, { events })
  const sizes = async () => {
    const { rows } = await node.services.pool.query(
      `select (select count(*)::int from usage_event_key where tenant_id = $1) as keys, (select count(*)::int from usage_rejection where tenant_id = $1) as refused`,
      [ctx.tenantId],
    )
    return rows[0]
  }
  expect(await sizes()).toEqual({ keys: 1, refused: 1 })
  await Promise.all(Array.from({ length: 8 }, () => track(ctx, { events })))
  expect(await sizes()).toEqual({ keys: 1, refused: 1 })
  expect(await rejectionRows(ctx)).toMatchObject([{ times: 9 }])
})

test('refused events are listed in pages, each reason once, and forgotten after 30 days', async () => {
  const ctx = await node.tenant()
  await track(ctx, { events: Array.from({ length: 7 }, (_, index) => event(`r${index}`, { feature: 'nothing' })) })
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await rejectedEvents(ctx, { limit: 3, cursor })
    ids.push(...page.rows.map(({ id }) => id))
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  expect(ids).toEqual(['r6', 'r5', 'r4', 'r3', 'r2', 'r1', 'r0'])
  clock.advance(29 * 86_400_000)
  await forgetRejections(node.services)
  expect(await rejectionRows(ctx)).toHaveLength(7)
  clock.advance(2 * 86_400_000)
  await forgetRejections(node.services)
  clock.set(NOW)
  expect(await rejectionRows(ctx)).toHaveLength(0)
  await expect(traceEvent(ctx, { id: 'r0' })).rejects.toMatchObject({ code: 'quota.event_unknown' })
})

test("another tenant's event is answered like none", async () => {
  const [ours, theirs] = [await node.tenant(), await node.tenant()]
  await track(theirs, { events: [event('theirs'), event('refused', { feature: 'nothing' })] })
  for (const id of ['theirs', 'refused', 'nobodys'])
    await expect(traceEvent(ours, { id })).rejects.toMatchObject({ code: 'quota.event_unknown' })
  expect((await rejectedEvents(ours, { limit: 10 })).rows).toEqual([])
})
