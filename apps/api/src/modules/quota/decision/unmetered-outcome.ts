import type { ConsumeOutcome, Rest } from '../../../kernel/ports/quota-engine.ts'
import { longestWait } from '../engine/rate-windows.ts'
import type { DecisionFacts, Room } from './facts.ts'
import { balanceEntitlement, isMeasured, isOffered } from './measure-of.ts'
import { type Refusal, unitsOf } from './steps.ts'

/** The answer where nothing is counted: a step refused, the feature is not metered, or it was only asked whether. */
export function unmeteredOutcome(facts: DecisionFacts, refusal: Refusal, decisionId: string): ConsumeOutcome {
  return { allowed: refusal === null, decisionId, code: refusal ?? 'allowed', ...measure(facts, refusal), replayed: false }
}

type Measured = Pick<ConsumeOutcome, 'remaining' | 'limit' | 'resetsAt' | 'overage' | 'charged'>

/** What is left after the request, where it would be allowed. */
function measure(facts: DecisionFacts, refusal: Refusal): Measured {
  const { tenant, feature, room } = facts
  const entitlement = balanceEntitlement(tenant, feature)
  if (!isOffered(entitlement)) return { remaining: 0, limit: 0, resetsAt: null }
  if (!isMeasured(feature)) return { remaining: entitlement.limit, limit: entitlement.limit, resetsAt: null }
  if (!room) return { remaining: null, limit: entitlement.limit, resetsAt: null }
  return refusal === null ? afterwards(facts, room) : asItIs(facts, room, refusal)
}

function afterwards(facts: DecisionFacts, room: Room): Measured {
  const { limit, remaining, resetsAt } = room
  const units = unitsOf(facts, room)
  const overage = remaining === null ? 0 : Math.max(0, units - remaining)
  return {
    limit,
    remaining: remaining === null ? null : remaining - units + overage,
    resetsAt,
    ...(overage > 0 ? { overage } : {}),
    ...(facts.feature.credits === null ? {} : { charged: units }),
  }
}

/** Of what refused: a rate or a cap is the smaller measure. */
function asItIs(facts: DecisionFacts, room: Room, refusal: Refusal): Measured {
  if (refusal === 'rate.limit_reached') return restOf(room.rates, facts.amount)
  if (refusal === 'quota.cap_reached') return restOf(room.caps, unitsOf(facts, room))
  const { limit, remaining, resetsAt } = room
  return { limit, remaining, resetsAt }
}

function restOf(rests: readonly Rest[], units: number): Measured {
  const { limit, remaining, resetsAt } = longestWait(
    rests.filter((rest) => units > rest.remaining),
    units,
  )!
  return { limit, remaining, resetsAt }
}
