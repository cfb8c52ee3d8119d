import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { UsageHistory } from '@tollkeeper/shared'
import { UsageHistoryInput } from '@tollkeeper/shared'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/new-id.ts'
import { authorize } from '../authorize.ts'
import { dailyUsage } from '../daily-usage.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { track } from '../track.ts'
import { rollDays } from './roll-days.ts'
import { usageHistory } from './usage-history.ts'

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

const ask = (ctx: TenantContext, input: Partial<UsageHistoryInput> = {}) => usageHistory(ctx, UsageHistoryInput.parse(input))
const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
const totalOf = ({ series }: UsageHistory) => sum(series.map(({ total }) => total))

async function ledgerTotal({ tenantId }: TenantContext): Promise<number> {
  const { rows } = await node.services.pool.query<{ units: number }>(
    `select coalesce(sum(units), 0)::float8 as units from quota_entry where tenant_id = $1 and kind in ('consume', 'commit')`,
    [tenantId],
  )
  return rows[0]!.units
}

const withKey = (ctx: TenantContext): TenantContext => ({
  ...ctx,
  caller: { kind: 'api_key', keyId: newId('apiKey'), tenantId: ctx.tenantId, scopes: ['usage:write', 'decision:ask'] },
  role: null,
})

test('whatever is asked by, in whatever zone and granularity, the totals are what the ledger counted', async () => {
  const event = fc.record({
    hoursAgo: fc.nat(31 * 24),
    amount: fc.integer({ min: 1, max: 1_000 }),
    color: fc.option(fc.constantFrom('red', 'green', '=1+1', '')),
    byKey: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 25 }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Auckland'),
      fc.constantFrom('day' as const, 'month' as const),
      async (events, timeZone, granularity) => {
        const ctx = await node.tenant()
        const key = withKey(ctx)
        for (const byKey of [true, false]) {
          const its = events.filter((one) => one.byKey === byKey)
          if (its.length === 0) continue
          await track(byKey ? key : ctx, {
            events: its.map(({ hoursAgo, amount, color }, index) => ({
              id: `${byKey}${index}`,
              feature: 'characters',
              amount,
              at: new Date(Date.parse(NOW) - hoursAgo * 3_600_000).toISOString(),
              ...(color === null ? {} : { properties: { color } }),
            })),
          })
        }
        await authorize(key, { feature: 'api_calls', amount: 3 })
        const total = await ledgerTotal(ctx)
        expect(total).toBe(sum(events.map(({ amount }) => amount)) + 3)
        for (const by of ['feature', 'member', 'key', 'property'] as const) {
          const found = await ask(ctx, {
            from: '2026-10-20',
            to: '2026-11-24',
            granularity,
            timeZone,
            by,
            property: 'color',
            top: 2,
          })
          expect(totalOf(found), by).toBe(total)
          for (const series of found.series) expect(sum(series.amounts)).toBe(series.total)
        }
        const valued = await ask(ctx, { from: '2026-10-20', to: '2026-11-24', property: 'color', value: 'red', timeZone })
        expect(totalOf(valued)).toBe(sum(events.filter(({ color }) => color === 'red').map(({ amount }) => amount)))
      },
    ),
    { numRuns: 25 },
  )
})

test('days that are summed up tell the same as their hours, and summing them up again changes nothing', async () => {
  const ctx = await node.tenant()
  for (const day of ['2026-11-01', '2026-11-02', '2026-11-20']) {
    const at = (hour: string) => ({ id: `${day}${hour}`, feature: 'characters', amount: 7, at: `${day}T${hour}:30:00Z` })
    await track(ctx, { events: [at('00'), at('13'), at('23')] })
  }
  const input = { from: '2026-10-30', to: '2026-11-23' }
  const before = [
    await ask(ctx, input),
    await ask(ctx, { ...input, granularity: 'month' }),
    await ask(ctx, { ...input, by: 'member' }),
  ]
  clock.set('2026-12-15T00:00:00Z')
  const days = async () => (await node.services.pool.query('select * from usage_day order by 1, 2, 3, 4')).rows
  try {
    expect(await rollDays(node.services)).toBeGreaterThan(10)
    expect(await rollDays(node.services)).toBe(0)
    const rolled = await days()
    expect(rolled.length).toBeGreaterThan(1)
    const [again, other] = await Promise.all([rerun(), rerun()])
    expect(again + other).toBeGreaterThan(10)
    expect(await days()).toEqual(rolled)
    clock.set(NOW)
    const after = [
      await ask(ctx, input),
      await ask(ctx, { ...input, granularity: 'month' }),
      await ask(ctx, { ...input, by: 'member' }),
    ]
    expect(after).toEqual(before)
    // the days are read, not only the hours behind them
    await node.services.pool.query('update usage_day set units = units + 1 where tenant_id = $1', [ctx.tenantId])
    expect(totalOf(await ask(ctx, input))).toBe(totalOf(before[0]!) + 2)
  } finally {
    clock.set(NOW)
  }
})

async function rerun(): Promise<number> {
  await node.services.pool.query(`update usage_rollup set until = 'epoch' where name = 'day'`)
  clock.set('2026-12-15T00:00:00Z')
  return rollDays(node.services)
}

test('what is beyond the greatest is one series, and people and keys are told by name where the tenant knows it', async () => {
  const ctx = await node.tenant()
  const values = ['a', 'b', 'c', 'd'].map((color, index) => ({
    id: color,
    feature: 'characters',
    amount: 10 * (index + 1),
    properties: { color },
  }))
  await track(ctx, { events: [...values, { id: 'none', feature: 'characters', amount: 5 }] })
  const byColor = await ask(ctx, { by: 'property', property: 'color', top: 2 })
  expect(byColor.series.map(({ key, isRest, total }) => [key, isRest, total])).toEqual([
    ['d', false, 40],
    ['c', false, 30],
    [null, true, 30],
    [null, false, 5],
  ])
  const byMember = await ask(ctx, { by: 'member' })
  expect(byMember.series).toMatchObject([{ label: 'Ada', total: 105 }])
  const other = await ask(ctx, { member: newId('user') })
  expect(other.series).toEqual([])
})

test('the daily usage of a feature is its history by the day', async () => {
  const ctx = await node.tenant()
  await track(ctx, { events: [{ id: 'x', feature: 'characters', amount: 9, at: '2026-11-20T23:59:59Z' }] })
  const { days } = await dailyUsage(ctx, { feature: 'characters', from: '2026-11-18', to: '2026-11-23' })
  const { series } = await ask(ctx, { feature: 'characters', from: '2026-11-18', to: '2026-11-23' })
  expect(series[0]?.amounts).toEqual(days.map(({ amount }) => amount))
})

test.each([
  ['an unknown feature', { feature: 'nothing' }, 'catalog.feature_unknown'],
  ['a stretch that ends before it begins', { from: '2026-11-02', to: '2026-11-01' }, 'input.invalid'],
  ['more days than are told by the hour', { from: '2026-09-01', to: '2026-11-01', granularity: 'hour' as const }, 'input.invalid'],
  ['more than 400 days by the day', { from: '2025-01-01', to: '2026-11-01' }, 'input.invalid'],
  ['a property that is not named', { by: 'property' as const }, 'input.invalid'],
])('%s is refused', async (_name, input, code) => {
  await expect(ask(await node.tenant(), input)).rejects.toMatchObject({ code })
})
