import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { Decision } from '@tollkeeper/shared'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { authorize } from './authorize.ts'
import { check } from './check.ts'
import { currentUsage } from './current-usage.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { defineFeatures, putOnTerms, type TestTerms } from './testing/terms.ts'
import { track } from './track.ts'

const clock = manualClock('2026-01-01T00:00:00.000Z')
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })
const { services } = node
await defineFeatures(services, [
  { key: 'sum', aggregation: 'sum' },
  { key: 'count', aggregation: 'count' },
  { key: 'max', aggregation: 'max' },
  { key: 'unique', aggregation: 'unique' },
  { key: 'latest', aggregation: 'latest' },
])

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function usageOf(ctx: TenantContext, feature: string) {
  expectBooksToBalance(await node.books(ctx.tenantId))
  return (await currentUsage(ctx)).features.find((one) => one.feature === feature)!
}

interface Case {
  terms: Partial<TestTerms>
  anchorAt?: string
  now: string
  start: string | null
  end: string | null
}

test.each<[string, Case]>([
  ['a day of UTC', { terms: { cadence: 'day' }, now: '2026-11-23T10:00Z', start: '2026-11-23T00:00Z', end: '2026-11-24T00:00Z' }],
  [
    'a day of another zone',
    {
      terms: { cadence: 'day', timeZone: 'Asia/Shanghai' },
      now: '2026-11-23T17:00Z',
      start: '2026-11-23T16:00Z',
      end: '2026-11-24T16:00Z',
    },
  ],
  [
    'a day of 25 hours, as clocks are set back',
    {
      terms: { cadence: 'day', timeZone: 'America/New_York' },
      now: '2026-11-01T12:00Z',
      start: '2026-11-01T04:00Z',
      end: '2026-11-02T05:00Z',
    },
  ],
  [
    'a day of 23 hours, as clocks are set ahead',
    {
      terms: { cadence: 'day', timeZone: 'Europe/Berlin' },
      now: '2026-03-29T12:00Z',
      start: '2026-03-28T23:00Z',
      end: '2026-03-29T22:00Z',
    },
  ],
  [
    'a week from Monday',
    { terms: { cadence: 'week' }, now: '2026-11-29T10:00Z', start: '2026-11-23T00:00Z', end: '2026-11-30T00:00Z' },
  ],
  [
    'a week of another zone, across a change of clocks',
    {
      terms: { cadence: 'week', timeZone: 'Europe/Berlin' },
      now: '2026-03-25T10:00Z',
      start: '2026-03-22T23:00Z',
      end: '2026-03-29T22:00Z',
    },
  ],
  ['a month', { terms: { cadence: 'month' }, now: '2028-02-29T10:00Z', start: '2028-02-01T00:00Z', end: '2028-03-01T00:00Z' }],
  [
    'a month of another zone',
    {
      terms: { cadence: 'month', timeZone: 'Asia/Tokyo' },
      now: '2026-11-30T16:00Z',
      start: '2026-11-30T15:00Z',
      end: '2026-12-31T15:00Z',
    },
  ],
  [
    'a month from the day of the subscription, the 31st, into a month without one',
    {
      terms: { cadence: 'month', anchor: 'subscription' },
      anchorAt: '2026-01-31T12:00Z',
      now: '2026-02-10T10:00Z',
      start: '2026-01-31T12:00Z',
      end: '2026-02-28T12:00Z',
    },
  ],
  [
    'and out of it again, to the 31st',
    {
      terms: { cadence: 'month', anchor: 'subscription' },
      anchorAt: '2026-01-31T12:00Z',
      now: '2026-03-10T10:00Z',
      start: '2026-02-28T12:00Z',
      end: '2026-03-31T12:00Z',
    },
  ],
  [
    'a billing period, at its hour of the zone though clocks change',
    {
      terms: { cadence: 'period', timeZone: 'Europe/Berlin' },
      anchorAt: '2026-01-15T09:30Z',
      now: '2026-04-01T10:00Z',
      start: '2026-03-15T09:30Z',
      end: '2026-04-15T08:30Z',
    },
  ],
  ['all of time', { terms: { cadence: 'never' }, now: '2026-11-23T10:00Z', start: null, end: null }],
])(
  'a limit of %s starts again at its instant and not before, and every call says when',
  async (_, { terms, anchorAt, now, start, end }) => {
    const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString())
    clock.set(new Date(now).toISOString())
    const ctx = await node.tenant()
    await putOnTerms(services, ctx.tenantId, [{ feature: 'sum', limit: 10, ...terms }], anchorAt ? new Date(anchorAt) : undefined)
    const ask = () => authorize(ctx, { feature: 'sum', amount: 10 })
    expect(await ask()).toMatchObject({ allowed: true, remaining: 0, resetsAt: iso(end) })
    const refused = { allowed: false, code: 'quota.limit_reached', resetsAt: iso(end) }
    expect(await ask()).toMatchObject(refused)
    expect(await check(ctx, { feature: 'sum', amount: 10 })).toMatchObject(refused)
    expect(await usageOf(ctx, 'sum')).toMatchObject({ used: 10, windowStart: iso(start), resetsAt: iso(end) })
    if (end === null) {
      clock.set('2099-12-31T00:00:00.000Z')
      expect(await ask()).toMatchObject(refused)
      return
    }
    clock.set(new Date(Date.parse(end) - 1).toISOString())
    expect(await ask()).toMatchObject(refused)
    clock.set(new Date(end).toISOString())
    expect(await check(ctx, { feature: 'sum', amount: 10 })).toMatchObject({ allowed: true })
    expect(await ask()).toMatchObject({ allowed: true, remaining: 0 })
    expect(await usageOf(ctx, 'sum')).toMatchObject({ used: 10, windowStart: iso(end) })
  },
)

const LIMIT = 12
const kinds = ['sum', 'count', 'max', 'unique', 'latest'] as const
type Kind = (typeof kinds)[number]

/** What all that was said makes, by the words of the kind alone. */
const made: Record<Kind, (said: readonly { amount: number; resource: string }[]) => number> = {
  sum: (said) => said.reduce((sum, { amount }) => sum + amount, 0),
  count: (said) => said.length,
  max: (said) => Math.max(0, ...said.map(({ amount }) => amount)),
  unique: (said) => new Set(said.map(({ resource }) => resource)).size,
  latest: (said) => said.at(-1)?.amount ?? 0,
}

test.each(kinds)(
  '%s: what is asked, what is reported, what is foreseen and what is shown are one number',
  async (kind) => {
    let turn = 0
    const acts = fc.array(
      fc.record({
        by: fc.constantFrom('authorize', 'track'),
        amount: fc.integer({ min: 1, max: 14 }),
        resource: fc.integer({ min: 1, max: 20 }).map((number) => `r${number}`),
      }),
      { minLength: 1, maxLength: 20 },
    )
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        clock.set('2026-11-23T10:00:00.000Z')
        const ctx = await node.tenant()
        await putOnTerms(services, ctx.tenantId, [{ feature: kind, limit: LIMIT }])
        const said: { amount: number; resource: string }[] = []
        for (const { by, ...one } of all) {
          const asked = { feature: kind, ...one }
          const then = made[kind]([...said, one])
          const now = made[kind](said)
          const foreseen = await check(ctx, asked)
          if (by === 'track') {
            expect(await track(ctx, { events: [{ id: `e${turn++}`, ...asked }] })).toMatchObject({ counted: 1 })
            said.push(one)
          } else {
            // usage that happened may stand past the limit; what takes no more of it is allowed even then
            const allowed = then <= now || then <= LIMIT
            const answer: Decision = await authorize(ctx, asked)
            expect(answer.allowed).toBe(allowed)
            expect(foreseen.allowed).toBe(allowed)
            if (now <= LIMIT) expect(foreseen).toMatchObject({ remaining: answer.remaining, limit: answer.limit })
            if (allowed) said.push(one)
          }
          expect((await usageOf(ctx, kind)).used).toBe(made[kind](said))
        }
      }),
      { numRuns: 12 },
    )
  },
  60_000,
)
