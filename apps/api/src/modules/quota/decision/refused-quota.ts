import { callerId } from '../../../kernel/caller.ts'
import type { ConsumeOutcome, EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import { capsOf } from '../engine/cap-of.ts'
import { creditsFor, isLevel } from '../engine/measured.ts'
import type { DecisionFacts } from './facts.ts'
import { balanceEntitlement } from './measure-of.ts'
import type { RefusedQuota } from './remedies.ts'
import { isOverdue } from './steps.ts'

type Measured = Pick<ConsumeOutcome, 'code' | 'limit' | 'remaining' | 'resetsAt'>

/**
 * What remedies have to know of a refusal, in units of the balance it was about.
 * @param memberId the member a key asks for
 */
export function refusedQuota(
  { feature, amount, subject, tenant, now }: Pick<DecisionFacts, 'feature' | 'amount' | 'subject' | 'tenant' | 'now'>,
  { code, limit, remaining, resetsAt }: Measured,
  memberId?: string,
): RefusedQuota {
  const { key, aggregation, credits } = feature
  const isRate = code === 'rate.limit_reached'
  // a rate is told in the units that are asked for, whatever they are counted or paid in
  const rate = isRate ? null : credits
  const asked = !isRate && (aggregation === 'count' || aggregation === 'unique') ? 1 : amount
  const entitlement = balanceEntitlement(tenant, feature)
  const caps = entitlement === undefined ? [] : capsOf({ entitlement, callerId: callerId(subject.caller), ...of(memberId) })
  return {
    featureKey: rate?.featureKey ?? key,
    amount: rate === null ? asked : creditsFor(asked, rate),
    asked: amount,
    rate,
    limit,
    // what was said before gives way to what is said now, so all of the limit is left for it
    remaining: isLevel(aggregation) ? limit : remaining,
    resetsAt,
    renewed: renewedBy(entitlement),
    capped: caps.length === 0 ? null : Math.min(...caps.map((cap) => cap.limit)),
    overridden: entitlement?.overridden === true,
    overdue: isOverdue(tenant, now),
  }
}

function of(memberId: string | undefined): { memberId?: string } {
  return memberId === undefined ? {} : { memberId }
}

/** What was given beside the plan, or rolled over, does not come back when a window ends. */
function renewedBy(entitlement: EntitlementFact | undefined): number | null {
  const { limit = 0, overage = 0 } = entitlement ?? {}
  return limit === null || overage === null ? null : limit + overage
}
