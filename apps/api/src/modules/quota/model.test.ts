import { createTestDatabase } from '@tollkeeper/db/testing'
import fc, { type Scheduler } from 'fast-check'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import { applyPlan } from './apply-plan.ts'
import { authorize } from './authorize.ts'
import { expireReservations } from './reservation/expire-reservations.ts'
import { reserve } from './reserve.ts'
import { commitReservation, releaseReservation } from './settle-reservation.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { type Answered, findWorlds } from './testing/find-worlds.ts'
import { holdUp } from './testing/hold-up.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { type Account, type Act, expire, type Heard, newWorld, type Terms, type World } from './testing/reference-model.ts'

const FEATURE = 'characters'
const NODES = 3
const clock = manualClock('2026-11-23T10:00:00Z')
const database = await createTestDatabase()
const admin = new pg.Pool({ connectionString: database.url, max: 1 })
const first = await openQuotaNode(database.url, { clock })
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
  { arbitrary: fc.record({ kind: fc.constant('plan' as const), node, terms }), weight: 1 },
)
/** Acts that run at the same time, and seconds that go by after them. */
const round = fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 5 }), seconds: fc.constantFrom(0, 0, 0, 2, 90, 50_000) })

async function perform(ctx: TenantContext, one: Act, ids: readonly string[]): Promise<Heard> {
  const here = { ...ctx, services: nodes[one.node]!.services }
  const id = 'which' in one ? ids[one.which % ids.length]! : ''
  try {
    if (one.kind === 'plan') {
      await putOnTerms(here, one.terms)
      return 'done'
    }
    if (one.kind === 'commit') return viewOf(await commitReservation(here, { id, amount: one.amount }))
    if (one.kind === 'release') return viewOf(await releaseReservation(here, { id }))
    if (one.kind === 'reserve') {
      const { allowed, remaining, limit, reservationId } = await reserve(here, {
        feature: FEATURE,
        amount: one.amount,
        expiresIn: one.seconds,
      })
      return { allowed, remaining, limit, reservationId }
    }
    const { requestId } = one
    const input = { feature: FEATURE, amount: one.amount, ...(requestId === null ? {} : { requestId }) }
    const { allowed, remaining, limit } = await authorize(here, input)
    return { allowed, remaining, limit }
  } catch (error) {
    const { code } = error as { code?: string }
    if (code?.startsWith('reservation.') || code === 'quota.request_conflict') return { refusal: code }
    throw error
  }
}

function viewOf({ state, used }: { state: string; used: number }): Heard {
  return { state, used }
}

let versions = 1_000

/** A version of a plan that nobody else has. */
async function putOnTerms({ services, tenantId }: TenantContext, { limit, overage }: Terms): Promise<void> {
  const id = newId('planVersion')
  await admin.query('insert into plan_version (id, plan_key, number) values ($1, $2, $3)', [id, 'free', versions++])
  await admin.query(
    `insert into plan_entitlement (plan_version_id, feature_key, limit_units, cadence, overage_units) values ($1, $2, $3, 'day', $4)`,
    [id, FEATURE, limit, overage],
  )
  await inSystemTransaction(services, ({ em, now }) =>
    applyPlan(em, { tenantId, planKey: 'free', planVersionId: id, source: 'test', now }),
  )
}

/** What the database holds, as the model writes it. */
async function readWindows(tenantId: string): Promise<Record<string, Record<string, Account>>> {
  const { rows } = await admin.query<Account & { day: string; origin: string }>(
    `select to_char(window_start at time zone 'UTC', 'YYYY-MM-DD') as day, origin, granted::float8 as granted,
       consumed::float8 as used, (reserved + leased)::float8 as held
     from balance where tenant_id = $1 and feature_key = $2`,
    [tenantId, FEATURE],
  )
  const windows: Record<string, Record<string, Account>> = {}
  for (const { day, origin, ...account } of rows) {
    windows[day] ??= {}
    windows[day][origin] = account
  }
  return windows
}

/** A window nobody asked for, and units past the limit that nobody may use, need not be there. */
function holds(found: Awaited<ReturnType<typeof readWindows>>, { windows }: World): boolean {
  const none: Account = { granted: 0, used: 0, held: 0 }
  const isSame = (one: Account, other: Account) =>
    one.granted === other.granted && one.used === other.used && one.held === other.held
  return Object.entries(windows).every(
    ([day, { plan, overage }]) => isSame(found[day]?.plan ?? none, plan) && isSame(found[day]?.overage ?? none, overage),
  )
}

test('whatever three nodes are asked at the same time, they answer and leave behind what some order of the same acts would', async () => {
  await fc.assert(
    fc.asyncProperty(terms, fc.array(round, { minLength: 1, maxLength: 5 }), fc.scheduler(), async (start, rounds, schedule) => {
      const ctx = await first.tenant()
      await putOnTerms(ctx, start)
      // more than one where the answers do not tell which of them it is
      let worlds = [newWorld(start)]
      for (const { acts, seconds } of rounds) {
        for (const { services } of nodes) await services.changes.catchUp()
        for (const { services } of nodes) services.quota.roomCameBack(ctx.tenantId)
        const ids = Object.keys(worlds[0]!.holds).sort()
        const possible = acts.filter((one) => !('which' in one) || ids.length > 0)
        const now = clock.now().getTime()
        scheduler = schedule
        const heard = await schedule.waitFor(Promise.all(possible.map((one) => perform(ctx, one, ids))))
        scheduler = null
        await schedule.waitAll()
        const answered: Answered[] = possible.map((one, index) => ({ act: one, heard: heard[index]! }))
        const found = await readWindows(ctx.tenantId)
        const left = findWorlds(worlds, answered, { ids, now }).filter((world) => holds(found, world))
        expect(left, `no order explains ${JSON.stringify({ worlds, answered, found }, null, 1)}`).not.toEqual([])
        expectBooksToBalance(await first.books(ctx.tenantId))
        clock.advance(seconds * 1_000)
        if (seconds > 0) await expireReservations(first.services)
        worlds = left.map((world) => expire(world, clock.now().getTime()))
      }
    }),
    // a failure prints its seed and path; FAST_CHECK_SEED and FAST_CHECK_PATH play it again, FAST_CHECK_NUM_RUNS plays longer
    {
      numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 200),
      ...(process.env.FAST_CHECK_SEED ? { seed: Number(process.env.FAST_CHECK_SEED) } : {}),
      ...(process.env.FAST_CHECK_PATH ? { path: process.env.FAST_CHECK_PATH } : {}),
      endOnFailure: process.env.FAST_CHECK_PATH !== undefined,
    },
  )
}, 600_000)
