import type { CheckInput, Explanation, Remedy } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { newId } from '../../kernel/new-id.ts'
import { explainSteps } from './decision/explain-steps.ts'
import type { DecisionFacts } from './decision/facts.ts'
import { gatherFacts } from './decision/gather-facts.ts'
import { refusedQuota } from './decision/refused-quota.ts'
import { remediesFor } from './decision/remedies.ts'
import { smallestChange } from './decision/smallest-change.ts'
import { firstRefusal, measuresThatRefuse } from './decision/steps.ts'
import { subjectOf } from './decision/subject.ts'
import { unmeteredOutcome } from './decision/unmetered-outcome.ts'
import { toDecision } from './decision/view.ts'

/** Every step of the decision with what it looked at, and the one change that would turn it. @throws AppError catalog.feature_unknown */
export async function explain(ctx: TenantContext, input: CheckInput): Promise<Explanation> {
  const subject = subjectOf(ctx)
  const { facts, catalog } = await gatherFacts(ctx.services, subject, input)
  const outcome = unmeteredOutcome(facts, firstRefusal(facts), newId('decision', facts.now))
  const explained = explainSteps(facts, await memberIdOf(ctx))
  const quota = refusedQuota(facts, outcome, input.member)
  return {
    decision: toDecision(input, outcome, catalog, facts),
    steps: explained,
    smallestChange: smallestChange(explained, (code) => singly(facts, remediesFor(code, quota, catalog))),
  }
}

/** Where several measures refuse at once, only time may turn all of them. */
function singly(facts: DecisionFacts, remedies: Remedy[]): Remedy[] {
  return measuresThatRefuse(facts) > 1 ? remedies.filter(({ kind }) => kind === 'wait') : remedies
}

async function memberIdOf({ services, caller, tenantId }: TenantContext): Promise<string | null> {
  if (caller.kind !== 'user') return null
  const { rows } = await services.pool.query<{ id: string }>('select id from member where tenant_id = $1 and user_id = $2', [
    tenantId,
    caller.userId,
  ])
  return rows[0]?.id ?? null
}
