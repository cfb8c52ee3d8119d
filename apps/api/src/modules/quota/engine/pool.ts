import { MOST_UNITS } from './most-units.ts'

/** A balance as a transaction holds it locked, and changes it. */
export interface PoolBalance {
  featureKey: string
  tenantId: string
  /** As PostgreSQL reads it. */
  windowStart: string
  origin: string
  kind: 'allowance' | 'rollover' | 'grant' | 'overage' | 'cap'
  /** Null: unlimited. */
  granted: number | null
  consumed: number
  /** Reserved and leased: taken, but not yet used. */
  held: number
  priority: number
  /** Milliseconds of the epoch; infinite where it never ends. */
  endsAt: number
  openedAt: number
}

/** Units of one balance. */
export interface Portion {
  balance: PoolBalance
  units: number
}

/** Units that can still be taken of one balance. */
export function roomIn({ granted, consumed, held }: Pick<PoolBalance, 'granted' | 'consumed' | 'held'>): number {
  return (granted ?? MOST_UNITS) - consumed - held
}

/**
 * The order in which units are used up: by priority, then what ends earlier, then what was opened earlier. What may be used past the
 * limit comes last of all.
 */
export function inBurnOrder(balances: readonly PoolBalance[]): PoolBalance[] {
  return balances.toSorted(
    (a, b) =>
      Number(a.kind === 'overage') - Number(b.kind === 'overage') ||
      a.priority - b.priority ||
      compare(a.endsAt, b.endsAt) ||
      a.openedAt - b.openedAt ||
      (a.origin < b.origin ? -1 : 1),
  )
}

/** Infinity less infinity is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Units that can still be taken of all of them together. */
export function roomInAll(pool: readonly PoolBalance[]): number {
  let room = 0
  for (const balance of pool) room = Math.min(MOST_UNITS, room + roomIn(balance))
  return room
}

/** What is granted up to the limit, and what is left of it; null: no limit. */
export function limitOf(pool: readonly PoolBalance[]): { limit: number | null; remaining: number | null } {
  let limit = 0
  let remaining = 0
  for (const balance of pool) {
    if (balance.kind === 'overage') continue
    if (balance.granted === null) return { limit: null, remaining: null }
    limit = Math.min(MOST_UNITS, limit + balance.granted)
    remaining += roomIn(balance)
  }
  return { limit, remaining }
}

/** What is used of all of them together, without what is held. */
export function consumedOf(pool: readonly PoolBalance[]): number {
  return pool.reduce((sum, { consumed }) => sum + consumed, 0)
}

/**
 * Which balances so many units are taken from. Where there is not enough, the rest is left out.
 * @param pool in burn order
 */
export function portionsOf(pool: readonly PoolBalance[], units: number): Portion[] {
  const portions: Portion[] = []
  let rest = units
  for (const balance of pool) {
    if (rest === 0) break
    const taken = Math.min(rest, roomIn(balance))
    if (taken <= 0) continue
    portions.push({ balance, units: taken })
    rest -= taken
  }
  return portions
}

/**
 * Which balances so many used units go back to: what was taken last comes back first.
 * @param pool in burn order
 * @param units at most what is consumed of all of them
 */
export function portionsBack(pool: readonly PoolBalance[], units: number): Portion[] {
  const portions: Portion[] = []
  let rest = units
  for (const balance of pool.toReversed()) {
    if (rest === 0) break
    const back = Math.min(rest, balance.consumed)
    if (back === 0) continue
    portions.push({ balance, units: -back })
    rest -= back
  }
  return portions
}

/** Units of the portions that are past the limit. */
export function overageOf(portions: readonly Portion[]): number {
  return portions.reduce((sum, { balance, units }) => (balance.kind === 'overage' ? sum + units : sum), 0)
}
