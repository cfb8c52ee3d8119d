import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import type { DecisionFacts } from './facts.ts'
import type { Refusal } from './steps.ts'

/** The answer where nothing is counted: a step refused, the feature is not metered, or it was only asked whether. */
export function unmeteredOutcome(facts: DecisionFacts, refusal: Refusal, decisionId: string): ConsumeOutcome {
  return { allowed: refusal === null, decisionId, code: refusal ?? 'allowed', ...measure(facts, refusal), replayed: false }
}

/** What is left after the request, where it would be allowed. */
function measure(
  { tenant, feature, amount, room }: DecisionFacts,
  refusal: Refusal,
): Pick<ConsumeOutcome, 'remaining' | 'limit' | 'resetsAt'> {
  const entitlement = tenant.entitlements.get(feature.key)
  if (!entitlement || entitlement.limit === 0) return { remaining: 0, limit: 0, resetsAt: null }
  if (feature.kind !== 'metered') return { remaining: entitlement.limit, limit: entitlement.limit, resetsAt: null }
  if (!room) return { remaining: null, limit: entitlement.limit, resetsAt: null }
  if (room.remaining === null) return { remaining: null, limit: null, resetsAt: room.resetsAt }
  const remaining = refusal === null ? room.remaining - amount : room.remaining
  return { remaining, limit: room.remaining + room.used, resetsAt: room.resetsAt }
}
