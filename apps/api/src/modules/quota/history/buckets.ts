import type { HistoryGranularity } from '@tollkeeper/shared'
import { Temporal } from 'temporal-polyfill'

export interface BucketsInput {
  /** The first and the last calendar day, both counted in, YYYY-MM-DD. */
  from: string
  to: string
  granularity: HistoryGranularity
  /** IANA name. */
  timeZone: string
}

export interface Buckets {
  /** The first instant of each bucket, and at last the first one after them all: milliseconds of the epoch, ascending. */
  edges: number[]
  /** The first instant of each bucket as the zone's clocks show it: `2026-03-29T00:00:00+01:00`. */
  starts: string[]
}

const HOUR_MS = 3_600_000

/**
 * Cuts calendar days of a zone into buckets. A day begins at its first instant there is, so one on which clocks change has 23 or 25
 * hours, and one that a zone skipped is no bucket. Hours are counted from the first instant on. A month is cut at the ends of the
 * stretch.
 */
export function bucketsOf({ from, to, granularity, timeZone }: BucketsInput): Buckets {
  const first = Temporal.PlainDate.from(from)
  const after = Temporal.PlainDate.from(to).add({ days: 1 })
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone }).epochMilliseconds
  const end = startOf(after)
  const inside = granularity === 'hour' ? hoursFrom(startOf(first), end) : datesBetween(first, after, granularity).map(startOf)
  const edges = [...new Set([...inside, end])]
  const starts = edges
    .slice(0, -1)
    .map((at) =>
      Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO(timeZone)
        .toString({ timeZoneName: 'never', smallestUnit: 'second' }),
    )
  return { edges, starts }
}

function hoursFrom(start: number, end: number): number[] {
  return Array.from({ length: Math.ceil((end - start) / HOUR_MS) }, (_, index) => start + index * HOUR_MS)
}

/** The first day, and each after it that begins a day or a month. */
function datesBetween(first: Temporal.PlainDate, after: Temporal.PlainDate, granularity: 'day' | 'month'): Temporal.PlainDate[] {
  const dates: Temporal.PlainDate[] = []
  for (let date = first; Temporal.PlainDate.compare(date, after) < 0; ) {
    dates.push(date)
    date = granularity === 'day' ? date.add({ days: 1 }) : date.with({ day: 1 }).add({ months: 1 })
  }
  return dates
}
