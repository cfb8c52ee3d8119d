import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { CheckInput, Explanation, Remedy } from '@tollkeeper/shared'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { authorize } from '../authorize.ts'
import { setCap } from '../cap/set-cap.ts'
import { check } from '../check.ts'
import { explain } from '../explain.ts'
import { grantUnits } from '../grant/grant-units.ts'
import { overrideLimit } from '../grant/override-limit.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { asOperator } from '../testing/tenant-on.ts'
import { defineFeatures, putOnTerms } from '../testing/terms.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const clock = manualClock(NOW)
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })
const { services } = node
await defineFeatures(services, [
  { key: 'words' },
  { key: 'calls', aggregation: 'count' },
  { key: 'credits', kind: 'credit_system' },
  { key: 'image', credits: { featureKey: 'credits', units: 3, per: 2 } },
])

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const inHours = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString()
const few = fc.integer({ min: 0, max: 12 })
const worlds = fc.record({
  feature: fc.constantFrom('words', 'calls', 'image'),
  limit: few,
  cadence: fc.constantFrom('day', 'month', 'never'),
  overage: fc.option(fc.constantFrom(null, 3, 8), { nil: undefined }),
  rates: fc.array(
    fc.record({
      name: fc.constantFrom('second', 'minute'),
      units: fc.integer({ min: 1, max: 12 }),
      seconds: fc.constantFrom(1, 60),
    }),
    { maxLength: 2 },
  ),
  cap: fc.option(few, { nil: undefined }),
  override: fc.option(few, { nil: undefined, freq: 2 }),
  grants: fc.array(fc.record({ units: fc.integer({ min: 1, max: 12 }), hours: fc.constantFrom(1, 400) }), { maxLength: 2 }),
  used: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 6 }),
  amount: fc.integer({ min: 1, max: 14 }),
})

const balanceOf = (feature: string) => (feature === 'image' ? 'credits' : feature)

async function openWorld({ feature, limit, cadence, overage, rates, cap, override, grants, used }: World): Promise<TenantContext> {
  clock.set(NOW)
  const ctx = await node.tenant()
  const balance = balanceOf(feature)
  const named = rates.filter((one, place) => rates.findIndex(({ name }) => name === one.name) === place)
  await putOnTerms(services, ctx.tenantId, [
    { feature: balance, limit, cadence, rates: named, ...(overage === undefined ? {} : { overage }) },
  ])
  if (cap !== undefined) await setCap(ctx, { feature: balance, holder: 'each_member', limit: cap })
  if (override !== undefined)
    await overrideLimit(asOperator(ctx), {
      tenantId: ctx.tenantId,
      feature: balance,
      limit: override,
      reason: 'test',
    })
  for (const { units, hours } of grants) await give(ctx, balance, units, inHours(hours))
  for (const amount of used) await authorize(ctx, { feature, amount })
  return ctx
}
type World = typeof worlds extends fc.Arbitrary<infer One> ? One : never

const give = (ctx: TenantContext, feature: string, units: number, expiresAt: string) =>
  grantUnits(asOperator(ctx), {
    ...{ tenantId: ctx.tenantId, feature, units, expiresAt },
    ...{ source: 'promotional', reason: 'test', priority: 0 },
  })

/** Does what was told, and gives the question that is then to be allowed. */
async function carryOut(ctx: TenantContext, asked: CheckInput, change: Remedy, { steps }: Explanation): Promise<CheckInput> {
  switch (change.kind) {
    case 'use_less':
      return { ...asked, amount: change.amount }
    case 'wait':
      clock.set(change.until)
      return asked
    case 'upgrade':
      await node.putOnPlan(ctx.tenantId, change.plan)
      // how fast it was used a moment ago is no matter of the plan
      clock.advance(60_000)
      return asked
    case 'top_up':
      await give(ctx, change.feature, change.units, inHours(400))
      return asked
    case 'raise_cap': {
      const holder = steps.flatMap(({ evidence }) => evidence).find(({ kind }) => kind === 'cap')!.id
      await setCap(ctx, { feature: balanceOf(asked.feature), holder, limit: change.limit })
      return asked
    }
    default:
      throw new Error(`${change.kind} is nothing that this world needs`)
  }
}

const plain: World = {
  ...{ feature: 'words', limit: 12, cadence: 'never', overage: undefined, rates: [], cap: undefined, override: undefined },
  ...{ grants: [], used: [], amount: 1 },
}
/** The plan of one world is an offer in the next, so the second is told of the first's. */
const usedUp: [World][] = [[plain], [{ ...plain, limit: 2, used: [2] }]]

test('the smallest change, carried out, turns the answer: that of the question and that of the act', async () => {
  const told: Partial<Record<Remedy['kind'] | 'none', number>> = {}
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const ctx = await openWorld(world)
      const asked = { feature: world.feature, amount: world.amount }
      const explanation = await explain(ctx, asked)
      const { decision, smallestChange: change } = explanation
      const kind = change?.kind ?? 'none'
      if (!decision.allowed) told[kind] = (told[kind] ?? 0) + 1
      if (change === null || change.kind === 'contact_operator') return
      expect(decision.allowed).toBe(false)
      const then = await carryOut(ctx, asked, change, explanation)
      expect(await check(ctx, then)).toMatchObject({ allowed: true })
      await services.changes.catchUp()
      expect(await authorize(ctx, then)).toMatchObject({ allowed: true })
    }),
    { numRuns: Number(process.env.CHANGE_RUNS ?? 150), examples: usedUp },
  )
  expect(Object.keys(told)).toEqual(expect.arrayContaining(['wait', 'raise_cap', 'upgrade']))
}, 120_000)
