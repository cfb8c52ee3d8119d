import type { UsageState } from './usage-scale.ts'

/** The words around a usage bar; every number arrives formatted for the locale. */
export interface UsageLabels {
  of: (limit: string, unit: string) => string
  unlimited: string
  notIncluded: string
  left: (remaining: string) => string
  near: (remaining: string, share: string) => string
  at: string
  over: (excess: string) => string
  forecast: (expected: string) => string
}

export const usageLabels: UsageLabels = {
  of: (limit, unit) => `of ${limit}${unit && ` ${unit}`}`,
  unlimited: 'Unlimited',
  notIncluded: 'Not in this plan',
  left: (remaining) => `${remaining} left`,
  near: (remaining, share) => `${share} used, ${remaining} left`,
  at: 'Limit reached',
  over: (excess) => `${excess} over the limit`,
  forecast: (expected) => `Forecast ${expected}`,
}

/** The one phrase that says how usage stands. */
export function usagePhrase(
  state: UsageState,
  numbers: { remaining: string; excess: string; share: string },
  labels: UsageLabels,
): string {
  switch (state) {
    case 'unlimited':
      return labels.unlimited
    case 'not-included':
      return labels.notIncluded
    case 'within':
      return labels.left(numbers.remaining)
    case 'near':
      return labels.near(numbers.remaining, numbers.share)
    case 'at':
      return labels.at
    case 'over':
      return labels.over(numbers.excess)
  }
}
