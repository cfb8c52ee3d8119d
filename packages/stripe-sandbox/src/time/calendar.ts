export interface Interval {
  interval: 'day' | 'week' | 'month' | 'year'
  interval_count: number
}

const daySeconds = 86_400

/** `count` intervals after `anchor` (unix seconds, UTC); a day the month does not have becomes its last day. */
export function addIntervals(anchor: number, { interval, interval_count }: Interval, count: number): number {
  const steps = interval_count * count
  if (interval === 'day') return anchor + steps * daySeconds
  if (interval === 'week') return anchor + steps * 7 * daySeconds
  const from = new Date(anchor * 1000)
  const month = from.getUTCMonth() + steps * (interval === 'year' ? 12 : 1)
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const midnight = Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), lastDay))
  return midnight / 1000 + (anchor % daySeconds)
}

/** The end of the period that begins at `start`: the first whole number of intervals from `anchor` that lies after it. */
export function periodEndAfter(anchor: number, start: number, interval: Interval): number {
  const longest = { day: 1, week: 7, month: 31, year: 366 }[interval.interval] * interval.interval_count * daySeconds
  let count = Math.max(0, Math.floor((start - anchor) / longest))
  while (addIntervals(anchor, interval, count) <= start) count += 1
  return addIntervals(anchor, interval, count)
}
