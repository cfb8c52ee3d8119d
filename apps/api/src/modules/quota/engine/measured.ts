import type { Aggregation } from '@tollkeeper/shared'

interface Measurable {
  aggregation: Aggregation
  /** So many credits for so many units; null: no credits. */
  rate: { units: number; per: number } | null
}

/**
 * How many units of the balance a request takes. Less than nothing where the last value said is what counts, and it is smaller than
 * the one before.
 * @param current what is used in the window so far
 * @param seen whether the resource was counted in the window
 */
export function measured(
  { aggregation, rate }: Measurable,
  { amount, current, seen }: { amount: number; current: number; seen: boolean },
): number {
  switch (aggregation) {
    case 'sum':
      return rate === null ? amount : creditsFor(amount, rate)
    case 'count':
      return rate === null ? 1 : creditsFor(1, rate)
    case 'unique':
      return seen ? 0 : rate === null ? 1 : creditsFor(1, rate)
    case 'max':
      return Math.max(0, amount - current)
    case 'latest':
      return amount - current
  }
}

/** Whether each value stands for all before it in its window, and nothing is used up. */
export function isLevel(aggregation: Aggregation): boolean {
  return aggregation === 'max' || aggregation === 'latest'
}

/** Credits for an amount at a rate; what is left of a part is paid as a whole. Exact beyond what a float holds. */
export function creditsFor(amount: number, { units, per }: { units: number; per: number }): number {
  const whole = (BigInt(amount) * BigInt(units) + BigInt(per) - 1n) / BigInt(per)
  return whole > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(whole)
}
