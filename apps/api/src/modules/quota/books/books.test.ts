import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Logger } from '../../../kernel/services.ts'
import { authorize } from '../authorize.ts'
import { rollDays } from '../history/roll-days.ts'
import { reserve } from '../reserve.ts'
import { commitReservation } from '../settle-reservation.ts'
import { expectBooksToBalance } from '../testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { track } from '../track.ts'
import { booksState } from './books-state.ts'
import { checkBooks } from './check-books.ts'
import { rebuildBalances } from './rebuild-balances.ts'

const clock = manualClock('2026-11-23T10:00:00Z')
let database: TestDatabase
let node: QuotaNode
/** As who owns the tables, and is bound by nothing. */
let owner: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  node = await openQuotaNode(database.url, { clock })
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** A whole round, and the errors it logged. */
async function wholeRound() {
  clock.advance(11 * 60_000)
  const errors: object[] = []
  const logger = { ...node.services.logger, error: (facts: object) => errors.push(facts) } as Partial<Logger> as Logger
  let balances = 0
  for (;;) {
    const run = await checkBooks({ ...node.services, logger })
    balances += run.balances
    if (run.roundEnded) return { errors, balances, state: await booksState(node.services) }
  }
}

/** A tenant that has used, reported past its limit, held, settled and changed its plan. */
async function busyTenant(): Promise<TenantContext> {
  const ctx = await node.tenant()
  await authorize(ctx, { feature: 'characters', amount: 300 })
  await track(ctx, { events: [{ id: 'a', feature: 'characters', amount: 900, at: '2026-11-20T10:00:00Z' }] })
  await track(ctx, { events: [{ id: 'b', feature: 'characters', amount: 1_200, at: '2026-11-20T10:00:00Z' }] })
  const held = await reserve(ctx, { feature: 'characters', amount: 50, expiresIn: 86_400 })
  const settled = await reserve(ctx, { feature: 'characters', amount: 40, expiresIn: 300 })
  await commitReservation(ctx, { id: settled.reservationId!, amount: 15 })
  expect(held.allowed).toBe(true)
  await node.putOnPlan(ctx.tenantId, 'pro')
  await node.putOnPlan(ctx.tenantId, 'starter')
  return ctx
}

const balancesOf = async ({ tenantId }: TenantContext) =>
  (
    await owner.query(
      'select feature_key, window_start, origin, granted, consumed, reserved from balance where tenant_id = $1 order by 1, 2, 3',
      [tenantId],
    )
  ).rows

const rebuild = ({ tenantId }: TenantContext) =>
  inSystemTransaction(node.services, ({ em, now }) => rebuildBalances(em, tenantId, now))

test('books that balance raise no alarm, whatever was done', async () => {
  await busyTenant()
  const { errors, balances, state } = await wholeRound()
  expect(errors).toEqual([])
  expect(balances).toBeGreaterThanOrEqual(2)
  expect(state).toMatchObject({ balanced: true, differences: 0, roundBalances: balances, rows: [] })
  expect(Date.parse(state.roundEndedAt!)).toBe(clock.now().getTime())
})

test('a balance that was tampered with raises one alarm and stays known until it is right; rebuilt from the ledger it is what it was', async () => {
  const ctx = await busyTenant()
  const other = await busyTenant()
  const before = await balancesOf(ctx)
  const untouched = await balancesOf(other)
  await owner.query(
    `update balance set consumed = consumed - 10, granted = granted + 5, reserved = 0 where tenant_id = $1 and consumed >= 10`,
    [ctx.tenantId],
  )
  expect(await balancesOf(ctx)).not.toEqual(before)

  const found = await wholeRound()
  const tampered = before.filter(({ consumed }) => Number(consumed) >= 10)
  const fields = found.errors.map((facts) => (facts as { field: string }).field)
  expect(new Set(fields)).toEqual(new Set(['granted', 'consumed', 'reserved', 'held']))
  expect(fields.filter((field) => field === 'consumed')).toHaveLength(tampered.length)
  for (const facts of found.errors) expect(facts).toMatchObject({ tenantId: ctx.tenantId, featureKey: 'characters' })
  expect(found.state).toMatchObject({ balanced: false, differences: found.errors.length })

  const again = await wholeRound()
  expect(again.errors).toEqual([])
  expect(again.state.differences).toBe(found.state.differences)

  expect(await rebuild(ctx)).toBe(tampered.length)
  expect(await balancesOf(ctx)).toEqual(before)
  expect(await balancesOf(other)).toEqual(untouched)
  expect(await rebuild(ctx)).toBe(0)
  expectBooksToBalance(await node.books(ctx.tenantId))
  const after = await wholeRound()
  expect(after.state).toMatchObject({ balanced: true, differences: 0 })
})

test.each([
  ['an entry that is missing', `delete from quota_entry where tenant_id = $1 and kind = 'consume'`, 'consumed'],
  ['an hour that is missing', `delete from usage_hour where tenant_id = $1`, 'hours'],
  ['a reservation that is missing', `delete from reservation where tenant_id = $1 and state = 'held'`, 'held'],
])('%s is found', async (_name, damage, field) => {
  const ctx = await busyTenant()
  await owner.query(damage, [ctx.tenantId])
  const { errors } = await wholeRound()
  expect(errors).toContainEqual(expect.objectContaining({ tenantId: ctx.tenantId, field }))
  for (const facts of errors) expect(facts).toMatchObject({ tenantId: ctx.tenantId })
  await owner.query('delete from books_difference')
  await forget(ctx)
})

test('a balance that is missing altogether is found, and a limit that was lifted is not taken for one of zero', async () => {
  const ctx = await node.tenant()
  await authorize(ctx, { feature: 'api_calls', amount: 5 })
  await node.putOnPlan(ctx.tenantId, 'enterprise')
  expect((await wholeRound()).errors).toEqual([])
  await owner.query(`delete from balance where tenant_id = $1`, [ctx.tenantId])
  const { errors } = await wholeRound()
  expect(errors).toContainEqual(expect.objectContaining({ tenantId: ctx.tenantId, field: 'balance', expected: 5, found: null }))
  await owner.query('delete from books_difference')
  await forget(ctx)
})

test('days that were summed up before their last hour changed are summed up again', async () => {
  const ctx = await node.tenant()
  await track(ctx, { events: [{ id: 'x', feature: 'characters', amount: 3, at: '2026-11-20T10:00:00Z' }] })
  clock.set('2027-02-01T00:00:00Z')
  await rollDays(node.services)
  const day = async () => {
    const { rows } = await owner.query(
      `select sum(units)::int as units from usage_day where tenant_id = $1 and day = '2026-11-20'`,
      [ctx.tenantId],
    )
    return rows[0]!.units
  }
  expect(await day()).toBe(3)
  await owner.query(`update usage_day set units = 2 where tenant_id = $1`, [ctx.tenantId])
  await wholeRound()
  expect(await day()).toBe(3)
})

test('while a node is at it another does nothing, and a round that is over rests', async () => {
  await wholeRound()
  expect(await checkBooks(node.services)).toMatchObject({ balances: 0, roundEnded: false })
  clock.advance(11 * 60_000)
  await owner.query('begin')
  await owner.query(`select pg_advisory_xact_lock(hashtextextended('check of the books', 0))`)
  expect(await checkBooks(node.services)).toMatchObject({ balances: 0, roundEnded: false })
  await owner.query('rollback')
  expect(await checkBooks(node.services)).toMatchObject({ roundEnded: true })
})

test('what is counted while the check looks is never half seen', async () => {
  const ctx = await node.tenant()
  await node.putOnPlan(ctx.tenantId, 'enterprise')
  const found: object[] = []
  let busy = true
  const load = Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < 40; turn++) await authorize(ctx, { feature: 'api_calls', amount: 1 })
    }),
  ).finally(() => {
    busy = false
  })
  while (busy) found.push(...(await wholeRound()).errors)
  await load
  expect(found).toEqual([])
})

/** Takes a tenant whose books were ruined out of the check. */
async function forget({ tenantId }: TenantContext): Promise<void> {
  for (const table of ['reservation', 'quota_entry', 'usage_hour', 'usage_day', 'balance'])
    await owner.query(`delete from ${table} where tenant_id = $1`, [tenantId])
}
