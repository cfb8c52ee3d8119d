import fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowOf } from './window-of.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Pacific/Apia',
]
const zone = fc.constantFrom(...zones)
const instant = fc.integer({ min: Date.parse('2009-01-01T00:00:00Z'), max: Date.parse('2031-01-01T00:00:00Z') })
const turning = fc.constantFrom('day', 'week', 'month', 'period')

/** What clocks and calendars of the zone show, by Intl and not by what makes the windows. */
function shownIn(timeZone: string, at: number): { date: string; day: number; time: string; weekday: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)!.value
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    day: Number(part('day')),
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
    weekday: part('weekday'),
  }
}

test('windows hold their instant, and follow each other without a gap, in every zone and from every anchor', () => {
  fc.assert(
    fc.property(turning, zone, instant, fc.option(instant), (cadence, timeZone, at, anchorAt) => {
      const rule = { timeZone, anchorAt }
      const { start, end } = windowOf(cadence, at, rule)
      expect(start.getTime()).toBeLessThanOrEqual(at)
      expect(end!.getTime()).toBeGreaterThan(at)
      expect(windowOf(cadence, end!.getTime(), rule).start).toEqual(end)
      expect(windowOf(cadence, start.getTime() - 1, rule).end).toEqual(start)
    }),
    { numRuns: 400 },
  )
})

test("a calendar's window begins with a date of the zone: its first instant, a Monday for weeks, a first for months", () => {
  fc.assert(
    fc.property(turning, zone, instant, (cadence, timeZone, at) => {
      const begin = windowOf(cadence, at, { timeZone, anchorAt: null }).start.getTime()
      const [shown, before] = [shownIn(timeZone, begin), shownIn(timeZone, begin - 1)]
      expect(before.date).not.toBe(shown.date)
      if (cadence === 'week') expect(shown.weekday).toBe('Mon')
      if (cadence === 'month' || cadence === 'period') expect(shown.day).toBe(1)
    }),
    { numRuns: 400 },
  )
})

test("a month from an anchor begins at the anchor's time on its day, or on the last day of a month that lacks it", () => {
  fc.assert(
    fc.property(fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'), instant, instant, (timeZone, at, anchorAt) => {
      const begin = windowOf('period', at, { timeZone, anchorAt }).start.getTime()
      const [anchor, shown] = [shownIn(timeZone, anchorAt), shownIn(timeZone, begin)]
      const lastDay = new Date(Date.UTC(Number(shown.date.slice(0, 4)), Number(shown.date.slice(5, 7)), 0)).getUTCDate()
      expect(shown.day).toBe(Math.min(anchor.day, lastDay))
      // an hour that clocks skip, or show twice, begins where they are moved to
      if (!/^0[1-3]/.test(anchor.time)) expect(shown.time).toBe(anchor.time)
    }),
    { numRuns: 400 },
  )
})

test.each([
  ['a day on which clocks go forward has 23 hours', 'Europe/Berlin', '2026-03-29T10:00:00Z', 23],
  ['a day on which clocks go back has 25', 'Europe/Berlin', '2026-10-25T10:00:00Z', 25],
  ['a shift of half an hour makes half an hour', 'Australia/Lord_Howe', '2026-04-04T18:00:00Z', 24.5],
  ['a day without a midnight begins when its clocks do', 'America/Sao_Paulo', '2018-11-04T12:00:00Z', 23],
])('%s', (_, timeZone, at, hours) => {
  const { start, end } = windowOf('day', Date.parse(at), { timeZone, anchorAt: null })
  expect((end!.getTime() - start.getTime()) / 3_600_000).toBe(hours)
})

test('the 31st falls on the last day of shorter months, and is the 31st again afterwards', () => {
  const rule = { timeZone: 'UTC', anchorAt: Date.parse('2026-01-31T08:30:00Z') }
  const starts = ['2026-02-10', '2026-03-10', '2026-04-10', '2026-05-10', '2028-03-01'].map((date) =>
    windowOf('period', Date.parse(`${date}T00:00:00Z`), rule).start.toISOString(),
  )
  expect(starts).toEqual([
    '2026-01-31T08:30:00.000Z',
    '2026-02-28T08:30:00.000Z',
    '2026-03-31T08:30:00.000Z',
    '2026-04-30T08:30:00.000Z',
    '2028-02-29T08:30:00.000Z',
  ])
})
