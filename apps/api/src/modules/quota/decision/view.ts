import type { Decision } from '@tollkeeper/shared'
import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import type { Catalog } from '../../catalog/index.ts'
import { creditsFor } from '../engine/measured.ts'
import type { DecisionFacts } from './facts.ts'
import { refusedQuota } from './refused-quota.ts'
import { remediesFor } from './remedies.ts'
import { stepOf } from './steps.ts'

const none: Decision['remedies'] = []

type Asked = { feature: string; amount: number; member?: string | undefined }
type Facts = Pick<DecisionFacts, 'feature' | 'amount' | 'subject' | 'tenant' | 'now'>

/** A decision as it is told. Repeated under the same request id, it reads the same. */
export function toDecision({ feature, amount, member }: Asked, outcome: ConsumeOutcome, catalog: Catalog, facts: Facts): Decision {
  const { allowed, decisionId, code, remaining, limit, resetsAt, overage, charged } = outcome
  const { credits } = facts.feature
  const decision: Decision = {
    allowed,
    decisionId,
    code,
    step: stepOf[code],
    feature,
    amount,
    remaining,
    limit,
    resetsAt: resetsAt?.toISOString() ?? null,
    remedies: none,
  }
  if (overage !== undefined) decision.overage = overage
  if (credits !== null) decision.credits = { feature: credits.featureKey, amount: charged ?? creditsFor(amount, credits) }
  if (!allowed) decision.remedies = outcome.remedies ?? remediesFor(code, refusedQuota(facts, outcome, member), catalog)
  return decision
}
