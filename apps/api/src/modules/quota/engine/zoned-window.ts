import type { Cadence } from '@tollkeeper/shared'
import { Temporal } from 'temporal-polyfill'
import type { WindowRule } from './window-of.ts'

/** Milliseconds of the epoch: the first instant of the window, and the first after it. */
interface Stretch {
  start: number
  end: number
}

type Turning = Exclude<Cadence, 'never'>

/**
 * The zone's own day, week from Monday, or month that holds an instant. A day begins at the zone's first instant of that date, so one
 * on which clocks are changed has 23 or 25 hours, and one without a midnight begins when its clocks do.
 */
export function calendarWindow(cadence: Turning, at: number, timeZone: string): Stretch {
  const date = zoned(at, timeZone).toPlainDate()
  const first = cadence === 'day' ? date : cadence === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 })
  const next = first.add(lengthOf(cadence, 1))
  return { start: dayBegin(first, timeZone), end: dayBegin(next, timeZone) }
}

/**
 * The window that holds an instant when windows are counted from an anchor: the nth begins n days, weeks or months after it by the
 * zone's calendar and clock. A month that lacks the anchor's day begins on its last one, and the next begins on the anchor's day again
 * (31 January, 28 February, 31 March).
 */
export function anchoredWindow(cadence: Turning, at: number, { timeZone, anchorAt }: WindowRule): Stretch {
  const anchor = zoned(anchorAt ?? 0, timeZone)
  const begin = (n: number) => anchor.add(lengthOf(cadence, n)).epochMilliseconds
  let n = Math.floor((at - anchor.epochMilliseconds) / longest[cadence])
  while (begin(n) > at) n--
  while (begin(n + 1) <= at) n++
  return { start: begin(n), end: begin(n + 1) }
}

const DAY_MS = 86_400_000
/** No window of the cadence is longer, so an estimate by it is near and never past what is looked for by much. */
const longest: Record<Turning, number> = { day: DAY_MS, week: 7 * DAY_MS, month: 31 * DAY_MS, period: 31 * DAY_MS }

function lengthOf(cadence: Turning, n: number): Temporal.DurationLike {
  if (cadence === 'day') return { days: n }
  return cadence === 'week' ? { weeks: n } : { months: n }
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
}

function dayBegin(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime({ timeZone }).epochMilliseconds
}
