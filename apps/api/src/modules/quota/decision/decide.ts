import type { AuthorizeInput, Decision } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { callerId } from '../../../kernel/caller.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import type { Services } from '../../../kernel/services.ts'
import { type Catalog, type CatalogFeature, catalogOf, rememberedCatalog } from '../../catalog/index.ts'
import { factsOf, rememberedFacts } from '../tenant-facts.ts'
import { answerByRequestId } from './answer-by-request-id.ts'
import type { DecisionFacts, Subject } from './facts.ts'
import { firstRefusal, isOverdue, stepOf } from './steps.ts'
import { unmeteredOutcome } from './unmetered-outcome.ts'
import { toDecision } from './view.ts'

/**
 * Decides, and consumes when the answer is yes. What is answered is committed.
 * @throws AppError catalog.feature_unknown, quota.request_conflict, quota.overloaded, service.unavailable
 */
export async function decide(services: Services, subject: Subject, input: AuthorizeInput): Promise<Decision> {
  const { feature: featureKey, amount, requestId = null } = input
  const catalog = rememberedCatalog(services) ?? (await catalogOf(services))
  const tenant = rememberedFacts(services, subject.tenantId) ?? (await factsOf(services, subject.tenantId))
  const facts: DecisionFacts = {
    subject,
    userStatus: subject.caller.kind === 'user' ? 'active' : null,
    tenant,
    feature: findFeature(catalog, featureKey),
    amount,
    room: null,
    now: services.clock.now().getTime(),
  }
  const decisionId = newId('decision', facts.now)
  const refusal = firstRefusal(facts)
  const outcome =
    refusal === null && facts.feature.kind === 'metered'
      ? await services.quota.consume({
          tenantId: subject.tenantId,
          entitlement: tenant.entitlements.get(featureKey)!,
          amount,
          callerId: callerId(subject.caller),
          decisionId,
          requestId,
        })
      : await withoutCounting(services, facts, unmeteredOutcome(facts, refusal, decisionId), requestId)
  if (!outcome.replayed && (!outcome.allowed || services.quota.samplesGrant())) log(services, facts, outcome, requestId)
  return toDecision(input, outcome, catalog, isOverdue(tenant, facts.now))
}

/** @throws AppError catalog.feature_unknown */
export function findFeature({ features }: Catalog, key: string): CatalogFeature {
  const feature = features.get(key)
  if (feature) return feature
  throw new AppError('catalog.feature_unknown', { faults: [{ path: 'feature', message: 'is not a feature of the catalog' }] })
}

async function withoutCounting(
  { pool }: Services,
  { subject, feature, amount, now }: DecisionFacts,
  outcome: ConsumeOutcome,
  requestId: string | null,
): Promise<ConsumeOutcome> {
  if (requestId === null) return outcome
  const request = { tenantId: subject.tenantId, requestId, featureKey: feature.key, amount }
  return answerByRequestId(pool, request, outcome, new Date(now))
}

function log(
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
