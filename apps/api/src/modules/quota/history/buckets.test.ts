import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bucketsOf } from './buckets.ts'

const HOUR_MS = 3_600_000
let database: TestDatabase
let client: pg.Client
let zones: string[]

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>('select name from pg_timezone_names order by 1')
  const ours = new Set(Intl.supportedValuesOf('timeZone'))
  zones = rows.map(({ name }) => name).filter((name) => ours.has(name))
})
afterAll(async () => {
  await client.end()
  await database[Symbol.asyncDispose]()
})

/** Years that are over: of days to come, PostgreSQL's release of the zones and ours may know different things. */
const day = fc
  .date({ min: new Date('2021-01-01'), max: new Date('2025-06-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const later = (from: string, days: number) => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)

/** The local day, month and hour of every hour of UTC around a stretch, as PostgreSQL's own time zones have it. */
async function localHours(from: string, to: string, timeZone: string) {
  const { rows } = await client.query<{ at: Date; day: string; month: string; hour: string }>(
    `select h as at, to_char(l, 'YYYY-MM-DD') as day, to_char(l, 'YYYY-MM') as month, to_char(l, 'YYYY-MM-DD"T"HH24') as hour
     from generate_series($1::timestamptz - interval '2 days', $2::timestamptz + interval '3 days', interval '1 hour') h,
       lateral (select h at time zone $3 as l) local order by 1`,
    [`${from}T00:00:00Z`, `${to}T00:00:00Z`, timeZone],
  )
  return rows.filter((row) => row.day >= from && row.day <= to)
}

test('every hour stands in the bucket of its local day or month, in any zone, and no hour of the stretch in none', async () => {
  expect(zones.length).toBeGreaterThan(300)
  await fc.assert(
    fc.asyncProperty(
      day,
      fc.nat(70),
      fc.nat(),
      fc.constantFrom('day' as const, 'month' as const),
      async (from, length, zone, granularity) => {
        const timeZone = zones[zone % zones.length]!
        const to = later(from, length)
        const { edges, starts } = bucketsOf({ from, to, granularity, timeZone })
        expect(edges).toEqual(edges.toSorted((a, b) => a - b))
        expect(starts.map((start) => Date.parse(start))).toEqual(edges.slice(0, -1))
        const hours = await localHours(from, to, timeZone)
        const width = granularity === 'day' ? 10 : 7
        for (const hour of hours) {
          const bucket = edges.findLastIndex((edge) => edge <= hour.at.getTime())
          expect(starts[bucket]?.slice(0, width), `${hour.at.toISOString()} in ${timeZone}`).toBe(hour[granularity])
        }
        const whole = (edges.at(-1)! - edges[0]!) / HOUR_MS
        expect(Math.abs(hours.length - whole)).toBeLessThan(1)
      },
    ),
    { numRuns: 120 },
  )
})

test('by the hour a day has as many buckets as its clocks show: 23 and 25 where they change', async () => {
  const hoursOf = (timeZone: string, date: string) => bucketsOf({ from: date, to: date, granularity: 'hour', timeZone }).starts
  expect(hoursOf('Europe/Berlin', '2026-03-29')).toHaveLength(23)
  expect(hoursOf('Europe/Berlin', '2026-10-25')).toHaveLength(25)
  expect(hoursOf('Europe/Berlin', '2026-10-25').slice(1, 4)).toEqual([
    '2026-10-25T01:00:00+02:00',
    '2026-10-25T02:00:00+02:00',
    '2026-10-25T02:00:00+01:00',
  ])
  await fc.assert(
    fc.asyncProperty(day, fc.nat(2), fc.nat(), async (from, length, zone) => {
      const timeZone = zones[zone % zones.length]!
      const to = later(from, length)
      const { edges, starts } = bucketsOf({ from, to, granularity: 'hour', timeZone })
      for (const [index, start] of starts.entries()) {
        const width = edges[index + 1]! - edges[index]!
        expect(width).toBeLessThanOrEqual(HOUR_MS)
        expect(start.slice(0, 10) >= from && start.slice(0, 10) <= to).toBe(true)
      }
      const wholeHours = (await localHours(from, to, timeZone)).length
      expect(Math.abs(starts.length - wholeHours)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 60 },
  )
})

test('a day begins where its clocks begin, also where there is no midnight, and a day that was skipped is none', () => {
  const days = (timeZone: string, from: string, to: string) => bucketsOf({ from, to, granularity: 'day', timeZone }).starts
  expect(days('Africa/Cairo', '2026-04-24', '2026-04-24')).toEqual(['2026-04-24T01:00:00+03:00'])
  expect(days('Pacific/Apia', '2011-12-29', '2011-12-31')).toEqual(['2011-12-29T00:00:00-10:00', '2011-12-31T00:00:00+14:00'])
})

test('a month is cut at the ends of the stretch', () => {
  const { starts, edges } = bucketsOf({ from: '2026-01-31', to: '2026-03-01', granularity: 'month', timeZone: 'UTC' })
  expect(starts).toEqual(['2026-01-31T00:00:00+00:00', '2026-02-01T00:00:00+00:00', '2026-03-01T00:00:00+00:00'])
  expect(new Date(edges.at(-1)!).toISOString()).toBe('2026-03-02T00:00:00.000Z')
})
