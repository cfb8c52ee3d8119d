import type { Cadence } from '@tollkeeper/shared'

/** The stretch of time in which a limit holds. */
export interface QuotaWindow {
  start: Date
  /** The first instant that is no longer part of it; null: it never ends. */
  end: Date | null
  /** `start` as PostgreSQL reads it. */
  startText: string
}

const DAY_MS = 86_400_000
const always: QuotaWindow = { start: new Date(0), end: null, startText: new Date(0).toISOString() }

/**
 * The window of a cadence that holds an instant: the day or the calendar month, both in UTC, or all of time, which begins at
 * the epoch so that every node names it the same.
 * @param at milliseconds of the epoch
 */
export function windowOf(cadence: Cadence, at: number): QuotaWindow {
  if (cadence === 'never') return always
  if (cadence === 'day') {
    const start = Math.floor(at / DAY_MS) * DAY_MS
    return between(start, start + DAY_MS)
  }
  const date = new Date(at)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth()
  return between(Date.UTC(year, month), Date.UTC(year, month + 1))
}

function between(start: number, end: number): QuotaWindow {
  const first = new Date(start)
  return { start: first, end: new Date(end), startText: first.toISOString() }
}

/** The windows of now, kept until they end: most requests ask for the same three. */
export class PresentWindows {
  #windows = new Map<Cadence, QuotaWindow>()

  of(cadence: Cadence, now: number): QuotaWindow {
    const kept = this.#windows.get(cadence)
    if (kept && now >= kept.start.getTime() && (kept.end === null || now < kept.end.getTime())) return kept
    const window = windowOf(cadence, now)
    this.#windows.set(cadence, window)
    return window
  }
}
