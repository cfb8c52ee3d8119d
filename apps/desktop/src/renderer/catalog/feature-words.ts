import type { FailurePolicy, OperatorFeature } from '@tollkeeper/shared'
import { formatQuantity } from '@tollkeeper/ui'

export const kindWords: Record<OperatorFeature['kind'], string> = {
  boolean: 'Boolean',
  static: 'Static',
  metered: 'Metered',
  gauge: 'Gauge',
  credit_system: 'Credit system',
}

/** What the kind means, where nothing more particular is known of the feature. */
export const kindMeanings: Record<OperatorFeature['kind'], string> = {
  boolean: 'had or not',
  static: 'a value to compare with',
  metered: 'counted in windows',
  gauge: 'held and given back',
  credit_system: 'pays for other features',
}

export const aggregationWords: Record<OperatorFeature['aggregation'], string> = {
  sum: 'amounts added up',
  count: 'how often',
  max: 'the largest amount',
  unique: 'different ones',
  latest: 'the last amount',
}

const spans = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** "2 hours" of 7200 seconds: in the largest unit that divides them. */
export function spanWords(seconds: number): string {
  const { unit, count } = spanOf(seconds)
  return count === 1 ? `1 ${unit}` : `${formatQuantity(count)} ${unit}s`
}

/** So many of the largest unit that divides the seconds. */
export function spanOf(seconds: number): { unit: (typeof spans)[number]['unit']; count: number } {
  const { unit, seconds: size } = spans.find((span) => seconds % span.seconds === 0) ?? spans[3]
  return { unit, count: seconds / size }
}

/** The seconds in so many of a unit. */
export function secondsIn(count: number, unit: string): number {
  return count * (spans.find((span) => span.unit === unit)?.seconds ?? 1)
}

export const policyNames: Record<FailurePolicy['kind'], string> = {
  closed: 'Closed',
  open: 'Open, up to a cap',
  lease: 'Leased ahead',
}

/** What an app does with the feature while it cannot reach the server, as one line. */
export function policyLine(policy: FailurePolicy, unit: string): string {
  if (policy.kind === 'closed') return 'Refuses'
  if (policy.kind === 'open')
    return `Lets ${quantity(policy.cap, unit)} pass in any ${spanWords(policy.perSeconds).replace(/^1 /, '')}`
  return `Takes ${quantity(policy.units, unit)} ahead, for ${spanWords(policy.expiresIn)}`
}

function quantity(units: number, unit: string): string {
  return units === 1 || /^[A-Z]+$/.test(unit) ? `${formatQuantity(units)} ${unit}` : `${formatQuantity(units)} ${unit}s`
}
