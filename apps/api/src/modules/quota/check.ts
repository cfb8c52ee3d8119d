import type { CheckInput, Decision } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { newId } from '../../kernel/new-id.ts'
import type { Services } from '../../kernel/services.ts'
import type { Subject } from './decision/facts.ts'
import { gatherFacts } from './decision/gather-facts.ts'
import { firstRefusal } from './decision/steps.ts'
import { subjectOf } from './decision/subject.ts'
import { unmeteredOutcome } from './decision/unmetered-outcome.ts'
import { toDecision } from './decision/view.ts'

/** The answer `authorize` would give now; nothing is consumed. @throws AppError catalog.feature_unknown */
export function check(ctx: TenantContext, input: CheckInput): Promise<Decision> {
  return checkFor(ctx.services, subjectOf(ctx), input)
}

/** The same for whoever has found out who asks. */
export async function checkFor(services: Services, subject: Subject, input: CheckInput): Promise<Decision> {
  const { facts, catalog } = await gatherFacts(services, subject, input)
  return toDecision(input, unmeteredOutcome(facts, firstRefusal(facts), newId('decision', facts.now)), catalog, facts)
}
