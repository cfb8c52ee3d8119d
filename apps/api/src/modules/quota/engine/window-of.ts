import type { Cadence } from '@tollkeeper/shared'
import { anchoredWindow, calendarWindow } from './zoned-window.ts'

/** The stretch of time in which a limit holds. */
export interface QuotaWindow {
  start: Date
  /** The first instant that is no longer part of it; null: it never ends. */
  end: Date | null
  /** `start` as PostgreSQL reads it. */
  startText: string
}

/** Where windows begin, when they are not the calendar's in UTC. */
export interface WindowRule {
  /** IANA name of the zone whose days, weeks and months these are. */
  timeZone: string
  /** Windows are counted from this instant, in milliseconds of the epoch; null: from the calendar's beginnings. */
  anchorAt: number | null
}

const DAY_MS = 86_400_000
/** 1970-01-01 was a Thursday; the first Monday of the epoch came four days later. */
const FIRST_MONDAY_MS = 4 * DAY_MS
const always: QuotaWindow = { start: new Date(0), end: null, startText: new Date(0).toISOString() }

/**
 * The window of a cadence that holds an instant: a day, a week from Monday, a calendar month, or all of time, which begins at the
 * epoch so that every node names it the same. A billing period without an anchor is the calendar month.
 * @param at milliseconds of the epoch
 * @param rule absent: UTC and the calendar
 */
export function windowOf(cadence: Cadence, at: number, rule?: WindowRule): QuotaWindow {
  if (cadence === 'never') return always
  if (rule) {
    const { start, end } = rule.anchorAt === null ? calendarWindow(cadence, at, rule.timeZone) : anchoredWindow(cadence, at, rule)
    return between(start, end)
  }
  if (cadence === 'day') {
    const start = Math.floor(at / DAY_MS) * DAY_MS
    return between(start, start + DAY_MS)
  }
  if (cadence === 'week') {
    const start = Math.floor((at - FIRST_MONDAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + FIRST_MONDAY_MS
    return between(start, start + 7 * DAY_MS)
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

const MOST_KEPT = 50_000

/** The windows of now, kept until they end: most requests ask for the same few. */
export class PresentWindows {
  #calendar = new Map<Cadence, QuotaWindow>()
  #ruled = new WeakMap<WindowRule, QuotaWindow>()
  #named = new Map<string, QuotaWindow>()

  of(cadence: Cadence, now: number, rule?: WindowRule): QuotaWindow {
    const kept = rule ? this.#ruled.get(rule) : this.#calendar.get(cadence)
    if (kept && holds(kept, now)) return kept
    const window = rule ? this.#sameFor(cadence, now, rule) : windowOf(cadence, now)
    if (rule) this.#ruled.set(rule, window)
    else this.#calendar.set(cadence, window)
    return window
  }

  /** One object for all who share a rule, so that their requests are found to be for the same window by looking at the object. */
  #sameFor(cadence: Cadence, now: number, rule: WindowRule): QuotaWindow {
    const name = `${cadence} ${rule.timeZone} ${rule.anchorAt}`
    const kept = this.#named.get(name)
    if (kept && holds(kept, now)) return kept
    if (this.#named.size >= MOST_KEPT) this.#named.clear()
    const window = windowOf(cadence, now, rule)
    this.#named.set(name, window)
    return window
  }
}

function holds({ start, end }: QuotaWindow, at: number): boolean {
  return at >= start.getTime() && (end === null || at < end.getTime())
}
