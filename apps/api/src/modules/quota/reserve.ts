import type { Decision, ReservationDecision, ReserveInput } from '@tollkeeper/shared'
import { AppError, wrongFeature } from '../../kernel/app-error.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { newId } from '../../kernel/new-id.ts'
import type { Services } from '../../kernel/services.ts'
import { catalogOf } from '../catalog/index.ts'
import { factsToDecide, logDecision, toConsume, withoutCounting } from './decision/decide.ts'
import type { Subject } from './decision/facts.ts'
import { canBeHeld, isCounted } from './decision/measure-of.ts'
import { firstRefusal } from './decision/steps.ts'
import { subjectOf } from './decision/subject.ts'
import { unmeteredOutcome } from './decision/unmetered-outcome.ts'
import { toDecision } from './decision/view.ts'
import type { GivenAnswer } from './engine/stored-answers.ts'
import { tryAgain } from './engine/try-again.ts'
import { holdUnits } from './reservation/hold-units.ts'
import { readFacts } from './tenant-facts.ts'

const MOST_TRIES = 3

/**
 * Decides as `authorize` does, and holds the units when the answer is yes: they are used by a commit, or come back by a release or
 * when their time is over, where `chargedAtEnd` does not say that they are used up then. What is answered is committed.
 * @throws AppError catalog.feature_unknown, quota.feature_not_metered, quota.not_reservable, quota.request_conflict
 */
export async function reserve(
  ctx: TenantContext,
  input: ReserveInput,
  { chargedAtEnd = false }: { chargedAtEnd?: boolean } = {},
): Promise<ReservationDecision> {
  const subject = subjectOf(ctx)
  for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
    const decision = await tryAgain(() => reserveOnce(ctx.services, subject, { ...input, chargedAtEnd }))
    if (decision) return decision
  }
  throw new AppError('service.unavailable', { detail: 'The plan changes at this moment; nothing is held.' })
}

/** Null: the plan changed between reading it and holding units of it. */
async function reserveOnce(
  services: Services,
  subject: Subject,
  { chargedAtEnd, ...input }: ReserveInput & { chargedAtEnd: boolean },
): Promise<ReservationDecision | null> {
  const { requestId = null, expiresIn } = input
  const catalog = await catalogOf(services)
  const tenant = await readFacts(services.pool, subject.tenantId)
  const facts = factsToDecide(services, subject, tenant, catalog, input)
  if (!isCounted(facts.feature)) throw wrongFeature('quota.feature_not_metered', 'is not counted')
  if (!canBeHeld(facts.feature)) throw wrongFeature('quota.not_reservable', 'is not added up')
  const decisionId = newId('decision', facts.now)
  const refusal = firstRefusal(facts)
  const given: GivenAnswer | null =
    refusal === null
      ? await holdUnits(services, { ...toConsume(facts, catalog, input, decisionId), expiresIn, chargedAtEnd })
      : await withoutCounting(services, facts, catalog, unmeteredOutcome(facts, refusal, decisionId), input)
  if (given === null) return null
  services.quota.roomCameBack(subject.tenantId)
  const { outcome, reservationId, expiresAt } = given
  if (!outcome.replayed && (!outcome.allowed || services.quota.samplesGrant())) logDecision(services, facts, outcome, requestId)
  const decision: Decision = toDecision(input, outcome, catalog, facts)
  return { ...decision, reservationId, expiresAt: expiresAt?.toISOString() ?? null }
}
