import { createTestDatabase } from '@tollkeeper/db/testing'
import type { GrantInput } from '@tollkeeper/shared'
import fc, { type Scheduler } from 'fast-check'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext, UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import { applyPlan } from './apply-plan.ts'
import { authorize } from './authorize.ts'
import { grantUnits } from './grant/grant-units.ts'
import { voidGrant } from './grant/void-grant.ts'
import { expireReservations } from './reservation/expire-reservations.ts'
import { reserve } from './reserve.ts'
import { commitReservation, releaseReservation } from './settle-reservation.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { type Answered, findWorlds } from './testing/find-worlds.ts'
import { holdUp } from './testing/hold-up.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import {
  type Act,
  cadences,
  expire,
  type Heard,
  type Known,
  knownIn,
  type Meter,
  type ModelCadence,
  meters,
  newWorld,
  type Terms,
  type World,
} from './testing/reference-model.ts'
import type { Account } from './testing/reference-pool.ts'
import { defineFeatures } from './testing/terms.ts'
import { track } from './track.ts'

/** What is asked for under each meter, and whose balances it takes from. */
const features: Record<Meter, { asked: string; counted: string }> = {
  sum: { asked: 'characters', counted: 'characters' },
  count: { asked: 'calls', counted: 'calls' },
  credits: { asked: 'texts', counted: 'credits' },
}
const NODES = 3
const clock = manualClock('2026-11-23T10:00:00Z')
const database = await createTestDatabase()
const admin = new pg.Pool({ connectionString: database.url, max: 1 })
const first = await openQuotaNode(database.url, { clock })
await defineFeatures(first.services, [
  { key: 'calls', aggregation: 'count' },
  { key: 'credits', kind: 'credit_system' },
  { key: 'texts', credits: { featureKey: 'credits', units: 2, per: 3 } },
])
const nodes: QuotaNode[] = [first, await first.another(), await first.another()]
/** While a round runs: decides in which order the statements of all nodes are sent. */
let scheduler: Scheduler | null = null
for (const { services } of nodes) holdUp(services.pool, async () => scheduler?.schedule(Promise.resolve(), 'a statement'))

afterAll(async () => {
  for (const node of nodes) await node[Symbol.asyncDispose]()
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const node = fc.nat(NODES - 1)
const amount = fc.integer({ min: 1, max: 40 })
const which = fc.nat(9)
const cadence = fc.constantFrom(...cadences)
const meter = fc.constantFrom(...meters)
const terms: fc.Arbitrary<Terms> = fc.record({ limit: fc.integer({ min: 1, max: 120 }), overage: fc.constantFrom(0, 0, 25) })
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('authorize' as const),
      node,
      amount,
      requestId: fc.option(fc.constantFrom('r1', 'r2', 'r3'), { freq: 2 }),
    }),
    weight: 5,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('reserve' as const), node, amount, seconds: fc.constantFrom(1, 60, 86_400) }),
    weight: 3,
  },
  { arbitrary: fc.record({ kind: fc.constant('commit' as const), node, which, amount }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('release' as const), node, which }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('track' as const),
      node,
      amount,
      eventId: fc.constantFrom('e1', 'e2', 'e3'),
      ago: fc.constantFrom(null, null, 60, 90_000),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('plan' as const), node, terms }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      node,
      units: amount,
      priority: fc.constantFrom(-1, 0, 1),
      after: fc.constantFrom(0, 0, 60),
      lasts: fc.constantFrom(null, 60, 100_000),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('void' as const), node, which }), weight: 1 },
)
/** Acts that run at the same time, and seconds that go by after them. */
const round = fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 5 }), seconds: fc.constantFrom(0, 0, 0, 2, 90, 50_000) })

async function perform(ctx: TenantContext, one: Act, known: Known, meter: Meter): Promise<Heard> {
  try {
    return await performOn({ ...ctx, services: nodes[one.node]!.services }, one, known, features[meter])
  } catch (error) {
    const { code } = error as { code?: string }
    if (code?.startsWith('reservation.') || code === 'quota.request_conflict') return { refusal: code }
    throw error
  }
}

async function performOn(
  here: TenantContext,
  one: Act,
  { reservations, grants }: Known,
  { asked, counted }: { asked: string; counted: string },
): Promise<Heard> {
  switch (one.kind) {
    case 'plan':
      await putOnTerms(here, counted, one.terms)
      return 'done'
    case 'grant':
      return { grantId: (await grantUnits(asOperator(here), grantOf(here, counted, one))).id }
    case 'void': {
      const { used } = await voidGrant(asOperator(here), {
        tenantId: here.tenantId,
        id: grants[one.which % grants.length]!,
        reason: 'test',
      })
      return { voided: used }
    }
    case 'commit':
      return viewOf(await commitReservation(here, { id: reservations[one.which % reservations.length]!, amount: one.amount }))
    case 'release':
      return viewOf(await releaseReservation(here, { id: reservations[one.which % reservations.length]! }))
    case 'track': {
      const at = one.ago === null ? {} : { at: new Date(clock.now().getTime() - one.ago * 1_000).toISOString() }
      const { events } = await track(here, { events: [{ id: one.eventId, feature: asked, amount: one.amount, ...at }] })
      return { fate: events[0]!.code ?? events[0]!.state }
    }
    case 'reserve': {
      const { amount, seconds: expiresIn } = one
      const { allowed, remaining, limit, reservationId } = await reserve(here, { feature: asked, amount, expiresIn })
      return { allowed, remaining, limit, reservationId }
    }
    case 'authorize': {
      const { amount, requestId } = one
      const input = { feature: asked, amount, ...(requestId === null ? {} : { requestId }) }
      const { allowed, remaining, limit } = await authorize(here, input)
      return { allowed, remaining, limit }
    }
  }
}

function asOperator(ctx: TenantContext): UserContext {
  if (ctx.caller.kind !== 'user') throw new Error('The model acts for a person.')
  return { ...ctx, caller: ctx.caller }
}

function grantOf(
  { tenantId }: TenantContext,
  feature: string,
  { units, priority, after, lasts }: Extract<Act, { kind: 'grant' }>,
): GrantInput {
  const from = clock.now().getTime() + after * 1_000
  return {
    tenantId,
    feature,
    units,
    priority,
    source: 'manual',
    reason: 'test',
    effectiveAt: new Date(from).toISOString(),
    ...(lasts === null ? {} : { expiresAt: new Date(from + lasts * 1_000).toISOString() }),
  }
}

function viewOf({ state, used }: { state: string; used: number }): Heard {
  return { state, used }
}

let versions = 1_000

/** A version of a plan that nobody else has. */
async function putOnTerms(
  { services, tenantId }: TenantContext,
  feature: string,
  { limit, overage }: Terms,
  cadence?: ModelCadence,
): Promise<void> {
  const id = newId('planVersion')
  await admin.query('insert into plan_version (id, plan_key, number) values ($1, $2, $3)', [id, 'free', versions++])
  await admin.query(
    `insert into plan_entitlement (plan_version_id, feature_key, limit_units, cadence, overage_units)
     values ($1, $2, $3, coalesce($4, (select cadence from entitlement where tenant_id = $6 and feature_key = $2)), $5)`,
    [id, feature, limit, cadence ?? null, overage, tenantId],
  )
  await inSystemTransaction(services, ({ em, now }) =>
    applyPlan(em, { tenantId, planKey: 'free', planVersionId: id, source: 'test', now }),
  )
}

type Counted = Pick<Account, 'granted' | 'used' | 'held'>

/** What the database holds, under the names of the model's accounts. */
async function readAccounts(tenantId: string, feature: string): Promise<Record<string, Counted>> {
  const { rows } = await admin.query<Counted & { start: Date; origin: string }>(
    `select window_start as start, origin, granted::float8 as granted, consumed::float8 as used, (reserved + leased)::float8 as held
     from balance where tenant_id = $1 and feature_key = $2`,
    [tenantId, feature],
  )
  const nameOf = (origin: string, start: Date) => {
    if (origin !== 'plan' && origin !== 'overage') return origin
    return `${origin === 'plan' ? 'limit' : origin} ${start.toISOString()}`
  }
  return Object.fromEntries(rows.map(({ start, origin, ...counted }) => [nameOf(origin, start), counted]))
}

/** A window nobody asked for, and units past the limit that nobody may use, need not be there. */
function holds(found: Record<string, Counted>, { accounts }: World): boolean {
  return Object.entries(accounts).every(([name, { granted, used, held }]) => {
    const there = found[name] ?? { granted: 0, used: 0, held: 0 }
    return there.granted === granted && there.used === used && there.held === held
  })
}

test('whatever three nodes are asked at the same time, they answer and leave behind what some order of the same acts would', async () => {
  await fc.assert(
    fc.asyncProperty(
      meter,
      cadence,
      terms,
      fc.array(round, { minLength: 1, maxLength: 5 }),
      fc.scheduler(),
      async (by, every, start, rounds, schedule) => {
        const ctx = await first.tenant()
        await putOnTerms(ctx, features[by].counted, start, every)
        // more than one where the answers do not tell which of them it is
        let worlds = [newWorld(by, every, start)]
        for (const { acts, seconds } of rounds) {
          for (const { services } of nodes) await services.changes.catchUp()
          for (const { services } of nodes) services.quota.roomCameBack(ctx.tenantId)
          const known = knownIn(worlds[0]!)
          const possible = acts.filter(
            (one) => !('which' in one) || known[one.kind === 'void' ? 'grants' : 'reservations'].length > 0,
          )
          const now = clock.now().getTime()
          scheduler = schedule
          const performed = Promise.all(possible.map((one) => perform(ctx, one, known, by)))
          const heard = await schedule.waitFor(performed).finally(() => {
            scheduler = null
            return schedule.waitAll()
          })
          const answered: Answered[] = possible.map((one, index) => ({ act: one, heard: heard[index]! }))
          const found = await readAccounts(ctx.tenantId, features[by].counted)
          const left = findWorlds(worlds, answered, { known, now }).filter((world) => holds(found, world))
          expect(left, `no order explains ${JSON.stringify({ worlds, answered, found }, null, 1)}`).not.toEqual([])
          expectBooksToBalance(await first.books(ctx.tenantId))
          clock.advance(seconds * 1_000)
          if (seconds > 0) await expireReservations(first.services)
          worlds = left.map((world) => expire(world, clock.now().getTime()))
        }
      },
    ),
    // a failure prints its seed and path; FAST_CHECK_SEED and FAST_CHECK_PATH play it again, FAST_CHECK_NUM_RUNS plays longer
    {
      numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 200),
      ...(process.env.FAST_CHECK_SEED ? { seed: Number(process.env.FAST_CHECK_SEED) } : {}),
      ...(process.env.FAST_CHECK_PATH ? { path: process.env.FAST_CHECK_PATH } : {}),
      endOnFailure: process.env.FAST_CHECK_PATH !== undefined,
    },
  )
}, 600_000)
