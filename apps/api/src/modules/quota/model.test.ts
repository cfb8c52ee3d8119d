import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '@tollkeeper/db/testing'
import fc, { type Scheduler } from 'fast-check'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { announceChange } from '../../kernel/change-feed.ts'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { expireHolds } from './gauge/expire-holds.ts'
import { endOverrides } from './grant/end-overrides.ts'
import { expireReservations } from './reservation/expire-reservations.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { holdUp } from './testing/hold-up.ts'
import { story } from './testing/model/acts.ts'
import { type Answered, findWorlds } from './testing/model/find-worlds.ts'
import { definitions, features, KEY, ownerOf, perform, putOnTerms } from './testing/model/perform.ts'
import type { Account } from './testing/model/pool.ts'
import { expire } from './testing/model/step.ts'
import { type Act, type Heard, isPossible, knownIn, newWorld, type World } from './testing/model/world.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { defineFeatures } from './testing/terms.ts'

const NODES = 3
/** Days and months end soon after it. */
const START = '2026-11-29T20:00:00Z'
const clock = manualClock(START)
const database = await createTestDatabase()
const admin = new pg.Pool({ connectionString: database.url, max: 1 })
const first = await openQuotaNode(database.url, { clock })
await defineFeatures(first.services, definitions)
const nodes: QuotaNode[] = [first, await first.another(), await first.another()]
/** While a round runs: decides in which order the statements of all nodes are sent. */
let scheduler: Scheduler | null = null
for (const { services } of nodes) holdUp(services.pool, async () => scheduler?.schedule(Promise.resolve(), 'a statement'))

afterAll(async () => {
  for (const node of nodes) await node[Symbol.asyncDispose]()
  await admin.end()
  await database[Symbol.asyncDispose]()
})

type Counted = Pick<Account, 'granted' | 'used' | 'held'>

/** What the database holds, under the names of the model's accounts. */
async function readAccounts(ctx: TenantContext, feature: string): Promise<Record<string, Counted>> {
  const { rows } = await admin.query<Counted & { start: Date; origin: string }>(
    `select window_start as start, origin, coalesce(granted::float8, 'infinity') as granted, consumed::float8 as used,
       (reserved + leased)::float8 as held
     from balance where tenant_id = $1 and feature_key = $2`,
    [ctx.tenantId, feature],
  )
  const names: Record<string, string> = {
    plan: 'limit',
    overage: 'overage',
    rollover: 'rollover',
    [KEY]: 'cap key',
    [ownerOf(ctx)]: 'cap owner',
  }
  return Object.fromEntries(
    rows.map(({ start, origin, ...counted }) => [names[origin] ? `${names[origin]} ${start.toISOString()}` : origin, counted]),
  )
}

/** A window nobody asked for, a cap that nobody took of, and units past the limit that nobody may use, need not be there. */
function holds(found: Record<string, Counted>, { accounts }: World): boolean {
  return Object.entries(accounts).every(([name, { kind, granted, used, held }]) => {
    const there = found[name] ?? { granted: kind === 'cap' ? granted : 0, used: 0, held: 0 }
    return there.granted === granted && there.used === used && there.held === held
  })
}

/** The requests of a burst, each with its own answer. */
function oneByOne(act: Act, heard: Heard): Answered[] {
  if (act.kind !== 'burst' || heard === 'done' || !('all' in heard)) return [{ act, heard }]
  const { node, by, amount } = act
  return heard.all.map((one) => ({ act: { kind: 'authorize', node, by, amount, resource: '', requestId: null }, heard: one }))
}

/** Has every node give back what it took ahead, as it does when the terms change. */
async function bringBackLeases({ tenantId }: TenantContext): Promise<void> {
  await inSystemTransaction(first.services, async ({ em }) => announceChange(em, 'entitlement', tenantId))
  for (const { services } of nodes) await services.changes.catchUp()
  let none = 0
  while (none < 2) {
    await sleep(5)
    const { rows } = await admin.query('select 1 from quota_lease where tenant_id = $1', [tenantId])
    none = rows.length === 0 ? none + 1 : 0
  }
}

test('whatever three nodes are asked at the same time, they answer and leave behind what some order of the same acts would', async () => {
  await fc.assert(
    fc.asyncProperty(story(NODES), fc.scheduler(), async ({ meter, cadence, start, rounds }, schedule) => {
      clock.set(START)
      const ctx = await first.tenant()
      const { counted } = features[meter]
      await putOnTerms(ctx, counted, start, cadence)
      // more than one where the answers do not tell which of them it is
      let worlds = [newWorld(meter, cadence, start, clock.now().getTime())]
      for (const { acts, seconds } of rounds) {
        for (const { services } of nodes) await services.changes.catchUp()
        for (const { services } of nodes) services.quota.roomCameBack(ctx.tenantId)
        const known = knownIn(worlds[0]!)
        const possible = acts.filter((one) => isPossible(one, known))
        const now = clock.now().getTime()
        scheduler = schedule
        const performed = Promise.all(
          possible.map((one) => perform({ ...ctx, services: nodes[one.node]!.services }, one, known, meter)),
        )
        const heard = await schedule.waitFor(performed).finally(() => {
          scheduler = null
          return schedule.waitAll()
        })
        const answered = possible.flatMap((act, index) => oneByOne(act, heard[index]!))
        if (meter === 'leased') await bringBackLeases(ctx)
        const found = await readAccounts(ctx, counted)
        const left = findWorlds(worlds, answered, { known, now }).filter((world) => holds(found, world))
        expect(left, `no order explains ${JSON.stringify({ worlds, answered, found }, null, 1)}`).not.toEqual([])
        expectBooksToBalance(await first.books(ctx.tenantId))
        clock.advance(seconds * 1_000)
        if (seconds > 0) for (const end of [expireReservations, expireHolds, endOverrides]) await end(first.services)
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
