/** An ISO 8601 string, milliseconds since the epoch, or a Date. */
export type Instant = string | number | Date

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Reads an instant. Throws RangeError naming the value when it is no date. */
export function toDate(instant: Instant): Date {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) throw new RangeError(`"${instant}" is not a date. Pass an ISO 8601 string.`)
  return date
}

function unitFor(seconds: number): [Intl.RelativeTimeFormatUnit, number] {
  const size = Math.abs(seconds)
  if (size < 45) return ['second', 1]
  if (size < 45 * minute) return ['minute', minute]
  if (size < 22 * hour) return ['hour', hour]
  if (size < 26 * day) return ['day', day]
  if (size < 320 * day) return ['month', 30.44 * day]
  return ['year', 365.25 * day]
}

/** How far the instant is from now: `3 hours ago`, `in 2 days`, `now` within 45 seconds. */
export function formatRelative(instant: Instant, now: Instant, locale = 'en'): string {
  const seconds = (toDate(instant).getTime() - toDate(now).getTime()) / 1000
  const [unit, size] = unitFor(seconds)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (unit === 'second') return format.format(0, 'second')
  return format.format(Math.round(seconds / size) || Math.sign(seconds), unit)
}

/** Date and time to the minute in one zone with the zone's name: `1 Dec 2026, 08:00 GMT+8`. Absent zone: the machine's. */
export function formatAbsolute(instant: Instant, locale = 'en', timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    hourCycle: 'h23',
    timeZone,
  }).format(toDate(instant))
}

/** The same instant in UTC. */
export function formatUtc(instant: Instant, locale = 'en'): string {
  return formatAbsolute(instant, locale, 'UTC')
}

/** A day without a time: `Dec 1, 2026`. Absent zone: the machine's. */
export function formatDay(instant: Instant, locale = 'en', timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone }).format(toDate(instant))
}
