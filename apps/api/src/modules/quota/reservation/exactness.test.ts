import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { authorize } from '../authorize.ts'
import { reserve } from '../reserve.ts'
import { commitReservation, releaseReservation } from '../settle-reservation.ts'
import { expectBooksToBalance } from '../testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { expireReservations } from './expire-reservations.ts'

const clock = manualClock('2026-11-23T10:00:00Z')
const database: TestDatabase = await createTestDatabase()
const first = await openQuotaNode(database.url, { clock })
const nodes: QuotaNode[] = [first, await first.another()]

afterAll(async () => {
  for (const node of nodes) await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const node = fc.nat(1)
const amount = fc.integer({ min: 1, max: 60 })
/** Which reservation is meant: the n-th of those made before, counted round. */
const which = fc.nat(20)
const act = fc.oneof(
  fc.record({ kind: fc.constant('authorize' as const), node, amount }),
  fc.record({ kind: fc.constant('reserve' as const), node, amount, expiresIn: fc.constantFrom(1, 30, 300) }),
  fc.record({ kind: fc.constant('commit' as const), node, amount, which }),
  fc.record({ kind: fc.constant('release' as const), node, which }),
  fc.record({ kind: fc.constant('sweep' as const), node }),
)
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

interface Run {
  ctx: TenantContext
  /** Units held, by reservation. */
  made: Map<string, number>
  /** Units used, by what used them. */
  used: Map<string, number>
  settled: Map<string, 'committed' | 'released'>
}

async function perform({ ctx, made, used, settled }: Run, one: Act): Promise<void> {
  const here = { ...ctx, services: nodes[one.node]!.services }
  if (one.kind === 'sweep') {
    await expireReservations(here.services)
    return
  }
  if (one.kind === 'authorize') {
    const { allowed, decisionId } = await authorize(here, { feature: 'characters', amount: one.amount })
    if (allowed) used.set(decisionId, one.amount)
    return
  }
  if (one.kind === 'reserve') {
    const held = await reserve(here, { feature: 'characters', amount: one.amount, expiresIn: one.expiresIn })
    if (held.reservationId !== null) made.set(held.reservationId, one.amount)
    return
  }
  const id = [...made.keys()][one.which % Math.max(1, made.size)]
  if (id === undefined) return
  const settling = one.kind === 'commit' ? commitReservation(here, { id, amount: one.amount }) : releaseReservation(here, { id })
  const outcome = await settling.catch((error: { code: string }) => error.code)
  if (typeof outcome === 'string') {
    expect(outcome).toMatch(/^reservation\.(settled|expired|amount_above)$/)
    return
  }
  if (outcome.state === 'expired') return
  expect(outcome.used + outcome.returned).toBe(made.get(id))
  const state = outcome.state as 'committed' | 'released'
  expect(settled.get(id) ?? state, 'a reservation is settled one way').toBe(state)
  settled.set(id, state)
  if (outcome.used > 0) {
    expect(used.get(id) ?? outcome.used, 'and for one amount').toBe(outcome.used)
    used.set(id, outcome.used)
  }
}

test('two nodes at once: used and held never pass the limit, every reservation ends once, and the ledger adds up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 300 }),
      fc.array(fc.record({ at_once: fc.array(act, { minLength: 1, maxLength: 16 }), seconds: fc.constantFrom(0, 0, 1, 30) }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (limit, rounds) => {
        const ctx = await first.tenant()
        await first.setLimit(ctx.tenantId, 'characters', limit)
        for (const each of nodes) await each.services.changes.catchUp()
        const run: Run = { ctx, made: new Map(), used: new Map(), settled: new Map() }
        for (const { at_once, seconds } of rounds) {
          await Promise.all(at_once.map((one) => perform(run, one)))
          const books = await first.books(ctx.tenantId)
          expectBooksToBalance(books)
          expect(books[0]?.consumed ?? 0).toBe([...run.used.values()].reduce((sum, units) => sum + units, 0))
          clock.advance(seconds * 1_000)
        }
        clock.advance(300_000)
        await Promise.all(nodes.map(({ services }) => expireReservations(services)))
        const books = await first.books(ctx.tenantId)
        expectBooksToBalance(books)
        expect(books[0]?.reserved ?? 0, 'in the end nothing is held').toBe(0)
        expect(books[0]?.consumed ?? 0).toBe([...run.used.values()].reduce((sum, units) => sum + units, 0))
        const { rows } = await first.services.pool.query<{ ends: number; units: number; id: string }>(
          `select reservation_id as id, sum(units)::int as units, count(distinct kind) filter (where kind <> 'commit')::int as ends
           from quota_entry where tenant_id = $1 and kind in ('commit', 'release', 'expire') group by 1`,
          [ctx.tenantId],
        )
        expect(new Map(rows.map(({ id, units }) => [id, units])), 'what was held came to its end once').toEqual(run.made)
        for (const { ends } of rows) expect(ends).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)
