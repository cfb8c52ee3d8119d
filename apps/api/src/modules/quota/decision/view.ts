import type { Decision } from '@tollkeeper/shared'
import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import type { Catalog } from '../../catalog/index.ts'
import { remediesFor } from './remedies.ts'
import { stepOf } from './steps.ts'

const none: Decision['remedies'] = []

type Asked = { feature: string; amount: number }

/** A decision as it is told. Repeated under the same request id, it reads the same. */
export function toDecision({ feature, amount }: Asked, outcome: ConsumeOutcome, catalog: Catalog, overdue: boolean): Decision {
  const { allowed, decisionId, code, remaining, limit, resetsAt } = outcome
  return {
    allowed,
    decisionId,
    code,
    step: stepOf[code],
    feature,
    amount,
    remaining,
    limit,
    resetsAt: resetsAt?.toISOString() ?? null,
    remedies: allowed ? none : remediesFor(code, { featureKey: feature, amount, limit, remaining, resetsAt, overdue }, catalog),
  }
}
