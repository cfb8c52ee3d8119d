import { p } from '@mikro-orm/core'
import { quantity, text } from './columns.ts'

/** A limit on how fast a feature may be used, beside how much. */
export interface RateLimitTerm {
  name: string
  units: number
  seconds: number
}

/** On what terms a plan allows a feature, besides how much of it in which window; the same for the plan and for who is on it. */
export const allowanceTerms = () => ({
  /** IANA name of the zone in which days, weeks and months begin. */
  timeZone: text().default('UTC'),
  /** Units that may be used past the limit. 0: none, the limit is hard; null: any number, the limit is soft. */
  overage: quantity().fieldName('overage_units').nullable().defaultRaw('0'),
  /** What overage costs, in the smallest unit of the plan's currency, */
  overagePriceMinor: quantity().nullable(),
  /** for so many units. */
  overagePricePer: quantity().nullable(),
  /** Unused units of a window that are carried into the next one, at most so many. */
  rollover: quantity().fieldName('rollover_units').defaultRaw('0'),
  /** Where the plan's allowance stands in the order in which units are used up: smaller goes first. */
  priority: p.integer().default(0),
  rates: p.json<RateLimitTerm[]>().defaultRaw("'[]'"),
})
