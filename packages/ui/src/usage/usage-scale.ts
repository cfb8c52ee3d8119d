import type { Amount } from './format-quantity.ts'

export type UsageState = 'unlimited' | 'not-included' | 'within' | 'near' | 'at' | 'over'

/** Where each part of a usage bar ends, as a fraction of the bar's length between 0 and 1. */
export interface UsageScale {
  /** The end of what counts towards the limit. */
  fill: number
  /** The end of what went beyond the limit; equal to `fill` when nothing did. */
  overage: number
  /** Where the forecast ends; equal to `overage` when there is none. */
  forecast: number
  /** Where the limit's post stands; null when there is no limit. */
  limit: number | null
}

/** The state in which usage stands towards its limit; `near` from four fifths of it. */
export function usageState(used: Amount, limit: Amount | null): UsageState {
  if (limit === null) return 'unlimited'
  if (used > limit) return 'over'
  if (Number(limit) === 0) return 'not-included'
  if (used >= limit) return 'at'
  return Number(used) / Number(limit) >= 0.8 ? 'near' : 'within'
}

/** Lays usage, limit and forecast out on one bar: the limit is its right end until something passes it. Negative usage counts as none. */
export function usageScale(used: Amount, limit: Amount | null, forecast?: Amount): UsageScale {
  const end = Math.max(0, Number(used))
  const expected = Math.max(end, Number(forecast ?? 0))
  const post = limit === null ? null : Math.max(0, Number(limit))
  const length = Math.max(end, expected, post ?? 0)
  if (length === 0) return { fill: 0, overage: 0, forecast: 0, limit: post === null ? null : 1 }
  return {
    fill: Math.min(end, post ?? end) / length,
    overage: end / length,
    forecast: expected / length,
    limit: post === null ? null : post / length,
  }
}
