import { tenantSession } from '@tollkeeper/db'
import { createTestDatabase } from '@tollkeeper/db/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { track } from '../track.ts'
import { startOfMonth } from './event-months.ts'
import { keepEventMonths } from './keep-event-months.ts'

const event = (id: string, at?: string) => ({ id, feature: 'characters', amount: 10, ...(at ? { at } : {}) })

async function openWorld() {
  const parts = new AsyncDisposableStack()
  const database = parts.use(await createTestDatabase())
  const clock = manualClock('2026-11-23T10:00:00Z')
  const node = parts.use(await openQuotaNode(database.url, { clock }))
  return { clock, node, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}

async function months(node: QuotaNode): Promise<string[]> {
  const { rows } = await node.services.pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'usage_event'::regclass order by 1`,
  )
  return rows.map(({ name }) => name)
}

const rowsOf = async (node: QuotaNode, table: string) =>
  (await node.services.pool.query<{ id: string }>(`select id from ${table} order by id`)).rows.map(({ id }) => id)

test('the month of an instant is the calendar month in UTC', () => {
  const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, fc.integer({ min: -30, max: 30 }), (date, later) => {
      const start = new Date(startOfMonth(date.getTime(), later)).toISOString()
      const month = Number(date.toISOString().slice(0, 4)) * 12 + Number(date.toISOString().slice(5, 7)) - 1 + later
      expect(start).toBe(
        `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01T00:00:00.000Z`,
      )
    }),
  )
})

test('an event stands in the month it happened in, which is made when it is first needed', async () => {
  await using world = await openWorld()
  const { node } = world
  const ctx = await node.tenant()
  await track(ctx, { events: [event('a', '2026-10-31T23:59:59.999Z'), event('b', '2026-11-01T00:00:00Z')] })
  expect(await rowsOf(node, 'usage_event_2026_10')).toEqual(['a'])
  expect(await rowsOf(node, 'usage_event_2026_11')).toEqual(['b'])
})

test('an id is counted once over all months: sent again in the next month, or with a time in another one', async () => {
  await using world = await openWorld()
  const { clock, node } = world
  const ctx = await node.tenant()
  await track(ctx, { events: [event('timeless'), event('timed', '2026-11-02T00:00:00Z')] })
  clock.set('2026-12-02T00:00:00Z')
  const again = await track(ctx, { events: [event('timeless'), event('timed', '2026-12-01T00:00:00Z')] })
  expect(again.events).toMatchObject([{ state: 'duplicate' }, { state: 'rejected', code: 'quota.event_conflict' }])
  expect(await rowsOf(node, 'usage_event')).toEqual(['timed', 'timeless'])
})

test('the same events sent at once by several nodes for several months are each counted once', async () => {
  await using world = await openWorld()
  const { node } = world
  await using other = await node.another()
  const ctx = await node.tenant()
  const events = Array.from({ length: 40 }, (_, index) => event(`e${index}`, index % 2 ? '2026-10-30T00:00:00Z' : undefined))
  const answers = await Promise.all(
    [node, other, node, other].map((one, turn) =>
      track({ ...ctx, services: one.services }, { events: turn % 2 ? events.toReversed() : events }),
    ),
  )
  expect(answers.reduce((sum, { counted }) => sum + counted, 0)).toBe(40)
  expect(await rowsOf(node, 'usage_event')).toHaveLength(40)
})

test('the job makes the months to come, and drops whole months with their ids when their time is over; what they add up to stays', async () => {
  await using world = await openWorld()
  const { clock, node } = world
  const ctx = await node.tenant()
  await track(ctx, { events: [event('old', '2026-11-01T00:00:00Z'), event('new', '2026-11-23T00:00:00Z')] })
  expect(await keepEventMonths(node.services)).toEqual({ dropped: [], forgotten: 0 })
  expect(await months(node)).toEqual(['usage_event_2026_11', 'usage_event_2026_12', 'usage_event_2027_01'])

  clock.set('2027-12-31T23:59:59Z')
  expect(await keepEventMonths(node.services)).toEqual({ dropped: [], forgotten: 0 })
  clock.set('2028-01-01T00:00:00Z')
  const [first, second] = await Promise.all([keepEventMonths(node.services), keepEventMonths(node.services)])
  expect([...first.dropped, ...second.dropped]).toEqual(['usage_event_2026_11'])
  expect(first.forgotten + second.forgotten).toBe(2)
  expect(await rowsOf(node, 'usage_event_key')).toEqual([])
  const { rows } = await node.services.pool.query('select sum(units)::int as units from usage_hour where tenant_id = $1', [
    ctx.tenantId,
  ])
  expect(rows).toEqual([{ units: 20 }])
})

test('an event for a month that is no longer kept is refused as too old, however late it may be reported', async () => {
  await using world = await openWorld()
  const { clock, node } = world
  const ctx = await node.tenant()
  const services = { ...node.services, config: { ...node.services.config, usage: { retentionMonths: 0 } } }
  clock.set('2026-12-01T00:00:00Z')
  const answer = await track(
    { ...ctx, services },
    { events: [event('a', '2026-11-30T23:59:59Z'), event('b', '2026-12-01T00:00:00Z')] },
  )
  expect(answer.events).toMatchObject([
    { state: 'rejected', code: 'quota.event_too_old', path: 'events.0.at' },
    { state: 'counted' },
  ])
})

test('a month asked for directly shows a tenant its own events only', async () => {
  await using world = await openWorld()
  const { node } = world
  const [ours, theirs] = [await node.tenant(), await node.tenant()]
  await track(ours, { events: [event('ours')] })
  await track(theirs, { events: [event('theirs')] })
  for (const table of ['usage_event', 'usage_event_2026_11', 'usage_event_key']) {
    const seen = await tenantSession(node.services.orm, ours.tenantId).transactional((em) =>
      em.execute<{ id: string }[]>(`select id from ${table}`),
    )
    expect(seen, table).toEqual([{ id: 'ours' }])
  }
})

test('the server may make and drop months, and nothing else of the kind; a tenant may do neither', async () => {
  await using world = await openWorld()
  const { node } = world
  const refused = { code: '42501' }
  await expect(node.services.pool.query('drop table usage_event')).rejects.toMatchObject(refused)
  await expect(node.services.pool.query('create table mine (id int)')).rejects.toMatchObject(refused)
  const { tenantId } = await node.tenant()
  for (const call of [`usage_event_add_month('2026-11-01')`, `usage_event_drop_months('2026-11-01')`]) {
    const asTenant = tenantSession(node.services.orm, tenantId).transactional((em) => em.execute(`select ${call}`))
    await expect(asTenant).rejects.toMatchObject(refused)
  }
})
