import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import type { CatalogFeature } from '../../catalog/index.ts'
import { creditsFor } from '../engine/measured.ts'
import type { RefusedQuota } from './remedies.ts'

type Measured = Pick<ConsumeOutcome, 'limit' | 'remaining' | 'resetsAt'> & Partial<Pick<ConsumeOutcome, 'code'>>

/** What remedies have to know of a refusal, in units of the balance it was about. */
export function refusedQuota(
  { key, aggregation, credits }: CatalogFeature,
  amount: number,
  { code, limit, remaining, resetsAt }: Measured,
  overdue: boolean,
): RefusedQuota {
  const asked = aggregation === 'count' || aggregation === 'unique' ? 1 : amount
  // a rate is told in the units that are asked for, whatever they are paid in
  const rate = code === 'rate.limit_reached' ? null : credits
  const isLevel = aggregation === 'max' || aggregation === 'latest'
  return {
    featureKey: rate?.featureKey ?? key,
    amount: rate === null ? asked : creditsFor(asked, rate),
    rate,
    limit,
    // what was said before gives way to what is said now, so all of the limit is left for it
    remaining: isLevel ? limit : remaining,
    resetsAt,
    overdue,
  }
}
