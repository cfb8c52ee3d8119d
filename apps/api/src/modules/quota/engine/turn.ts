import type { ConsumeOutcome, Measure } from '../../../kernel/ports/quota-engine.ts'
import type { Capped } from './cap-of.ts'
import type { LockedPool } from './lock-pools.ts'
import { measured } from './measured.ts'
import { allowedOutcome, deniedByPart, deniedOutcome } from './outcome.ts'
import {
  consumedOf,
  limitOf,
  overageOf,
  type PoolBalance,
  type Portion,
  portionsBack,
  portionsOf,
  roomIn,
  roomInAll,
} from './pool.ts'
import { type LockedRate, longestWait, restOf } from './rate-windows.ts'
import type { QuotaWindow } from './window-of.ts'

/** What one request asks of what is locked for it. */
export interface Asking {
  decisionId: string
  window: QuotaWindow
  amount: number
  measure: Measure | undefined
  caps: readonly Capped[]
  /** Whether its resource was counted in the window. */
  seen: boolean
}

/** What a request takes, when it is its turn: nothing where it is refused. */
export interface Turn {
  outcome: ConsumeOutcome
  /** Of the balances that are used up one after the other. */
  portions: Portion[]
  /** Of the caps that bind it; they count the same units once more. */
  capped: Portion[]
  rates: readonly LockedRate[]
}

const plainMeasure: Pick<Measure, 'aggregation' | 'rate'> = { aggregation: 'sum', rate: null }

/**
 * Decides one request: first whether it comes too fast, then whether there is enough, then whether the part of who asks suffices. What
 * refuses takes nothing. Nothing is changed here; `take` does that.
 */
export function decideTurn(asking: Asking, pool: LockedPool, rates: readonly LockedRate[]): Turn {
  const refuse = (outcome: ConsumeOutcome): Turn => ({ outcome, portions: [], capped: [], rates: [] })
  const { balances } = pool
  const fast = longestWait(rates.filter(({ units, used }) => used + asking.amount > units).map(restOf), asking.amount)
  if (fast) return refuse(deniedByPart(asking, 'rate.limit_reached', fast))
  const measure = asking.measure ?? plainMeasure
  const units = measured(measure, { amount: asking.amount, current: consumedOf(balances), seen: asking.seen })
  const { limit, remaining } = limitOf(balances)
  if (units > roomInAll(balances)) return refuse(deniedByAll(asking, balances))
  const caps = asking.caps.flatMap(({ holder }) => pool.caps.get(holder) ?? [])
  const short = caps.find((cap) => units > roomIn(cap))
  if (short) return refuse(deniedByPart(asking, 'quota.cap_reached', capRest(short)))
  const portions = units >= 0 ? portionsOf(balances, units) : portionsBack(balances, -units)
  const overage = overageOf(portions)
  return {
    outcome: {
      ...allowedOutcome(asking, limit, (remaining ?? 0) - units + overage),
      ...(overage > 0 ? { overage } : {}),
      ...(measure.rate === null ? {} : { charged: units }),
    },
    portions,
    capped: caps.map((balance) => ({ balance, units: Math.max(units, -balance.consumed) })),
    rates,
  }
}

/** What may be used past a limit of none is in the plan all the same. */
function deniedByAll(asking: Asking, balances: readonly PoolBalance[]): ConsumeOutcome {
  const { limit, remaining } = limitOf(balances)
  const outcome = deniedOutcome(asking, limit, remaining ?? 0)
  return balances.some(({ kind }) => kind === 'overage') ? { ...outcome, code: 'quota.limit_reached' } : outcome
}

/** Takes what a turn was given of what is locked. */
export function take({ portions, capped, rates }: Turn, amount: number): void {
  for (const { balance, units } of [...portions, ...capped]) balance.consumed += units
  for (const rate of rates) rate.used += amount
}

export function capRest(cap: PoolBalance) {
  const resetsAt = Number.isFinite(cap.endsAt) ? new Date(cap.endsAt) : null
  return { name: cap.origin, limit: cap.granted ?? 0, remaining: Math.max(0, roomIn(cap)), resetsAt }
}
