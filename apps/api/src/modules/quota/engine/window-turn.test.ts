import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { authorize } from '../authorize.ts'
import { expectBooksToBalance } from '../testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { defineFeatures, putOnTerms } from '../testing/terms.ts'

const DAY = 86_400_000
const FIRST = Date.parse('2026-11-23T00:00:00Z')
const DAYS = 6
const ROLLOVER = 30
const limits = [150, 100]

const clock = manualClock(new Date(FIRST).toISOString())
/** Of a node whose clock is behind: it counts in the old window while the others are in the new one. */
const behind = manualClock(new Date(FIRST).toISOString())
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })
const slow: QuotaNode = await openQuotaNode(database.url, { clock: behind })
await defineFeatures(node.services, [{ key: 'words' }])

afterAll(async () => {
  await slow[Symbol.asyncDispose]()
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const terms = (ctx: TenantContext, limit: number) =>
  putOnTerms(node.services, ctx.tenantId, [{ feature: 'words', limit, rollover: ROLLOVER }])

interface Balance {
  day: number
  origin: string
  granted: number
  consumed: number
}

async function balancesOf({ tenantId }: TenantContext): Promise<Balance[]> {
  const { rows } = await node.services.pool.query<Balance & { start: Date }>(
    `select window_start as start, origin, granted::int as granted, consumed::int as consumed from balance where tenant_id = $1 and feature_key = 'words'`,
    [tenantId],
  )
  return rows.map(({ start, ...rest }) => ({ ...rest, day: (start.getTime() - FIRST) / DAY }))
}

test.each([
  ['the plan stays', false],
  ['the plan changes all the while', true],
])(
  'days end under load on two nodes, one of them late: nothing is lost or doubled, and what rolls over is moved once (%s)',
  async (_, isChanging) => {
    clock.set(new Date(FIRST).toISOString())
    behind.set(new Date(FIRST).toISOString())
    const ctx = await node.tenant()
    await terms(ctx, 150)
    const both = [ctx, { ...ctx, services: slow.services }]
    let told = 0
    let denied = 0
    let going = true
    const client = async (place: number) => {
      while (going) {
        const amount = 1 + (place % 3)
        const { allowed } = await authorize(both[place % 2]!, { feature: 'words', amount })
        if (allowed) told += amount
        else denied++
        await sleep(allowed ? 15 : 5)
      }
    }
    const clients = Array.from({ length: 24 }, (_, place) => client(place))
    for (let day = 1; day < DAYS; day++) {
      // some days are used up, of some there is something left
      await sleep(day % 2 === 0 ? 150 : 30)
      clock.set(new Date(FIRST + day * DAY).toISOString())
      if (isChanging) await terms(ctx, limits[day % 2]!)
      await sleep(20)
      behind.set(new Date(FIRST + day * DAY).toISOString())
    }
    await sleep(30)
    going = false
    await Promise.all(clients)

    expectBooksToBalance(await node.books(ctx.tenantId))
    const balances = await balancesOf(ctx)
    expect(balances.reduce((sum, { consumed }) => sum + consumed, 0)).toBe(told)
    expect(denied).toBeGreaterThan(0)
    const of = (day: number, origin: string) => balances.find((one) => one.day === day && one.origin === origin)
    let moved = 0
    for (let day = 0; day < DAYS; day++) {
      const carried = of(day + 1, 'rollover')?.granted ?? 0
      moved += carried
      expect(carried).toBeLessThanOrEqual(ROLLOVER)
      const granted = of(day, 'plan')!.granted + carried
      if (isChanging) expect(granted).toBeLessThanOrEqual(150)
      else expect(granted).toBe(150)
    }
    expect(moved).toBeGreaterThan(0)
  },
  60_000,
)
