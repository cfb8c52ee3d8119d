import type { AuthorizeInput, CheckInput, Decision } from '@tollkeeper/shared'
import { AppError, invalidInput } from '../../../kernel/app-error.ts'
import { callerId } from '../../../kernel/caller.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { ConsumeOutcome, ConsumeRequest } from '../../../kernel/ports/quota-engine.ts'
import type { Services } from '../../../kernel/services.ts'
import { type Catalog, type CatalogFeature, catalogOf, rememberedCatalog } from '../../catalog/index.ts'
import type { GivenAnswer } from '../engine/stored-answers.ts'
import { factsOf, rememberedFacts, type TenantFacts } from '../tenant-facts.ts'
import { answerByRequestId } from './answer-by-request-id.ts'
import type { DecisionFacts, Subject } from './facts.ts'
import { keptWithAnswer } from './kept-with-answer.ts'
import { balanceEntitlement, isCounted, measureOf } from './measure-of.ts'
import { roomOf } from './room-of.ts'
import { firstRefusal, stepOf } from './steps.ts'
import { unmeteredOutcome } from './unmetered-outcome.ts'
import { toDecision } from './view.ts'

/**
 * Decides, and consumes when the answer is yes. What is answered is committed.
 * @throws AppError catalog.feature_unknown, quota.request_conflict, quota.overloaded, service.unavailable
 */
export async function decide(services: Services, subject: Subject, input: AuthorizeInput): Promise<Decision> {
  const { requestId = null } = input
  const catalog = rememberedCatalog(services) ?? (await catalogOf(services))
  const tenant = rememberedFacts(services, subject.tenantId) ?? (await factsOf(services, subject.tenantId))
  let facts = factsToDecide(services, subject, tenant, catalog, input)
  if (facts.feature.kind === 'gauge') facts = { ...facts, room: await roomOf(services, facts, input) }
  const decisionId = newId('decision', facts.now)
  const refusal = firstRefusal(facts)
  const outcome =
    refusal === null && isCounted(facts.feature)
      ? await services.quota.consume(toConsume(facts, catalog, input, decisionId))
      : (
          await withoutCounting(services, facts, catalog, unmeteredOutcome(facts, refusal, decisionId), {
            ...input,
            expiresIn: null,
          })
        ).outcome
  if (!outcome.replayed && (!outcome.allowed || services.quota.samplesGrant())) logDecision(services, facts, outcome, requestId)
  return toDecision(input, outcome, catalog, facts)
}

/** What the quota engine is asked. */
export function toConsume(facts: DecisionFacts, catalog: Catalog, input: AuthorizeInput, decisionId: string): ConsumeRequest {
  const { subject, tenant, feature } = facts
  const { amount, resource, member, requestId = null } = input
  const request: ConsumeRequest = {
    tenantId: subject.tenantId,
    entitlement: balanceEntitlement(tenant, feature)!,
    amount,
    callerId: callerId(subject.caller),
    decisionId,
    requestId,
  }
  const measure = measureOf(feature)
  if (measure !== undefined) request.measure = measure
  if (resource !== undefined) request.resource = resource
  // whoever is signed in names themselves, if anybody
  if (member !== undefined && member !== request.callerId) request.memberId = member
  if (feature.leased) request.leased = true
  if (requestId !== null) request.kept = keptWithAnswer(facts, catalog, input)
  return request
}

/** The facts of a decision that leaves it to the commit whether there is room. @throws AppError catalog.feature_unknown, quota.resource_missing, input.invalid */
export function factsToDecide(
  { clock }: Pick<Services, 'clock'>,
  subject: Subject,
  tenant: TenantFacts,
  catalog: Catalog,
  { feature: key, amount, resource, member }: CheckInput,
): DecisionFacts {
  const feature = findFeature(catalog, key)
  if (feature.aggregation === 'unique' && resource === undefined) throw resourceMissing()
  if (member !== undefined && subject.caller.kind === 'user' && member !== subject.caller.userId)
    throw invalidInput('member', 'is for API keys: whoever is signed in asks for themselves')
  return {
    subject,
    userStatus: subject.caller.kind === 'user' ? 'active' : null,
    tenant,
    feature,
    amount,
    room: null,
    now: clock.now().getTime(),
  }
}

function resourceMissing(): AppError {
  const message = 'is needed: this feature counts different resources'
  return new AppError('quota.resource_missing', { faults: [{ path: 'resource', message }] })
}

/** @throws AppError catalog.feature_unknown */
export function findFeature({ features }: Catalog, key: string): CatalogFeature {
  const feature = features.get(key)
  if (feature) return feature
  throw new AppError('catalog.feature_unknown', { faults: [{ path: 'feature', message: 'is not a feature of the catalog' }] })
}

/** Answers what counts and holds nothing, the same under the same request id. @throws AppError quota.request_conflict */
export async function withoutCounting(
  { pool }: Services,
  facts: DecisionFacts,
  catalog: Catalog,
  outcome: ConsumeOutcome,
  { requestId, expiresIn, ...asked }: Omit<AuthorizeInput, 'feature' | 'amount'> & { expiresIn: number | null },
): Promise<GivenAnswer> {
  if (requestId === undefined) return { outcome, reservationId: null, expiresAt: null }
  const { subject, feature, amount, now } = facts
  const kept = keptWithAnswer(facts, catalog, asked)
  const request = { tenantId: subject.tenantId, requestId, featureKey: feature.key, amount, expiresIn, kept }
  return answerByRequestId(pool, request, outcome, new Date(now))
}

/** Keeps a decision for those who ask later why. */
export function logDecision(
  { quota }: Services,
  { subject, amount, feature, now }: DecisionFacts,
  outcome: ConsumeOutcome,
  requestId: string | null,
): void {
  const { decisionId, allowed, code } = outcome
  quota.log({
    tenantId: subject.tenantId,
    decisionId,
    featureKey: feature.key,
    amount,
    allowed,
    code,
    step: stepOf[code],
    callerId: callerId(subject.caller),
    requestId,
    at: new Date(now),
  })
}
