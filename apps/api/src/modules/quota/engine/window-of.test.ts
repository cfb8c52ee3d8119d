import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PresentWindows, windowOf } from './window-of.ts'

const instants = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2199, 11) })

/** The same rule said with calendar text instead of arithmetic. */
function calendarStart(cadence: 'day' | 'month', at: number): string {
  const day = new Date(at).toISOString().slice(0, 10)
  return `${cadence === 'day' ? day : `${day.slice(0, 8)}01`}T00:00:00.000Z`
}

test('a window begins where the calendar day or month of UTC begins, and holds its instant', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom('day' as const, 'month' as const), (at, cadence) => {
      const { start, end, startText } = windowOf(cadence, at)
      expect(start.toISOString()).toBe(calendarStart(cadence, at))
      expect(startText).toBe(start.toISOString())
      expect(start.getTime()).toBeLessThanOrEqual(at)
      expect(end!.getTime()).toBeGreaterThan(at)
    }),
    { numRuns: 500 },
  )
})

test('windows follow each other without a gap or an overlap', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom('day' as const, 'month' as const), (at, cadence) => {
      const end = windowOf(cadence, at).end!
      expect(windowOf(cadence, end.getTime()).start).toEqual(end)
      expect(windowOf(cadence, end.getTime() - 1).end).toEqual(end)
    }),
  )
})

test.each([
  ['the end of a leap February', 'month', '2028-02-29T23:59:59.999Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ['the turn of a year', 'month', '2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['midnight itself', 'day', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
] as const)('%s', (_, cadence, at, start, end) => {
  expect(windowOf(cadence, Date.parse(at))).toMatchObject({ start: new Date(start), end: new Date(end) })
})

test('a limit that never starts again has one window, whenever it is asked for', () => {
  fc.assert(
    fc.property(instants, (at) => {
      expect(windowOf('never', at)).toEqual({ start: new Date(0), end: null, startText: '1970-01-01T00:00:00.000Z' })
    }),
  )
})

test('the windows of now are kept until they end, and not a millisecond longer', () => {
  const windows = new PresentWindows()
  const last = Date.parse('2026-11-23T23:59:59.999Z')
  expect(windows.of('day', last)).toBe(windows.of('day', last - 1000))
  expect(windows.of('day', last + 1).startText).toBe('2026-11-24T00:00:00.000Z')
  expect(windows.of('day', last).startText).toBe('2026-11-23T00:00:00.000Z')
})
