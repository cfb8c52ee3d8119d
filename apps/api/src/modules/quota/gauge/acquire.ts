import type { AcquireInput, GaugeDecision } from '@tollkeeper/shared'
import type { PoolClient } from 'pg'
import { wrongFeature } from '../../../kernel/app-error.ts'
import { callerId } from '../../../kernel/caller.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { ConsumeOutcome, EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import type { Services } from '../../../kernel/services.ts'
import { type CatalogFeature, catalogOf } from '../../catalog/index.ts'
import { factsToDecide, logDecision } from '../decision/decide.ts'
import type { DecisionFacts } from '../decision/facts.ts'
import { assertNotSeats } from '../decision/seats.ts'
import { firstRefusal } from '../decision/steps.ts'
import { subjectOf } from '../decision/subject.ts'
import { unmeteredOutcome } from '../decision/unmetered-outcome.ts'
import { toDecision } from '../decision/view.ts'
import { capsOf } from '../engine/cap-of.ts'
import { inTenantTurn } from '../engine/in-tenant-turn.ts'
import { tryAgain } from '../engine/try-again.ts'
import { decideTurn, take } from '../engine/turn.ts'
import { windowOf } from '../engine/window-of.ts'
import { writeConsumption } from '../engine/write-consumption.ts'
import { readFacts } from '../tenant-facts.ts'
import { writeHold } from './holds.ts'
import { giveBackHolds, lockGauge } from './lock-gauge.ts'

interface Acquired {
  outcome: ConsumeOutcome
  held: number
  expiresAt: Date | null
}

/**
 * Holds so much of a gauge under a name of the caller's, until it is released or its time is over. What a holder holds is set, not
 * added, so that asking again is safe; and asking again lets its time begin anew. A hold counts for who acquired it first.
 * @throws AppError catalog.feature_unknown, quota.feature_not_held
 */
export async function acquire(ctx: TenantContext, input: AcquireInput): Promise<GaugeDecision> {
  const { services } = ctx
  const subject = subjectOf(ctx)
  const catalog = await catalogOf(services)
  const tenant = await readFacts(services.pool, subject.tenantId)
  const facts = factsToDecide(services, subject, tenant, catalog, input)
  assertGauge(facts.feature)
  const decisionId = newId('decision', facts.now)
  const refusal = firstRefusal(facts)
  const acquired =
    refusal === null
      ? await tryAgain(() =>
          inTenantTurn(services, ctx.tenantId, (client) => acquireOnce(client, services, facts, input, decisionId)),
        )
      : { outcome: unmeteredOutcome(facts, refusal, decisionId), held: 0, expiresAt: null }
  const { outcome, held, expiresAt } = acquired
  if (!outcome.allowed || services.quota.samplesGrant()) logDecision(services, facts, outcome, null)
  return {
    ...toDecision(input, outcome, catalog, facts),
    held,
    expiresAt: expiresAt?.toISOString() ?? null,
  }
}

/** @throws AppError quota.feature_not_held, quota.counted_by_members */
export function assertGauge({ kind, key }: CatalogFeature): void {
  assertNotSeats(key)
  if (kind !== 'gauge') throw wrongFeature('quota.feature_not_held', 'is not a gauge')
}

async function acquireOnce(
  client: PoolClient,
  { clock }: Pick<Services, 'clock'>,
  { subject, tenant, feature }: DecisionFacts,
  { holder, amount, expiresIn }: AcquireInput,
  decisionId: string,
): Promise<Acquired> {
  const now = clock.now()
  const entitlement: EntitlementFact = tenant.entitlements.get(feature.key)!
  const caller = callerId(subject.caller)
  const capsOfAll = (callerIds: readonly string[]) =>
    [caller, ...callerIds].flatMap((callerId) => capsOf({ entitlement, callerId }))
  const key = { tenantId: subject.tenantId, featureKey: feature.key, holder, capsOf: capsOfAll }
  const { pool, holds } = await lockGauge(client, key, now)
  const before = holds.get(holder)
  const less = Math.max(0, (before?.units ?? 0) - amount)
  const expiresAt = expiresIn === undefined ? null : new Date(now.getTime() + expiresIn * 1000)
  const hold = { tenantId: subject.tenantId, featureKey: feature.key, holder, units: amount, callerId: caller, expiresAt }
  if (before && less > 0) {
    await writeHold(client, hold, now)
    await giveBackHolds(client, pool, hold, [{ ...before, units: less }], now)
  }
  const more = Math.max(0, amount - (before?.units ?? 0))
  const turn = decideTurn(
    {
      decisionId,
      window: windowOf('never', now.getTime()),
      amount: more,
      measure: undefined,
      caps: capsOf({ entitlement, callerId: before?.callerId ?? caller }),
      seen: false,
    },
    pool,
    [],
  )
  if (!turn.outcome.allowed) return { outcome: turn.outcome, held: before?.units ?? 0, expiresAt: before?.expiresAt ?? null }
  take(turn, more)
  const entries = [...turn.portions, ...turn.capped]
    .filter(({ units }) => units !== 0)
    .map(({ balance, units }) => ({ balance, kind: 'acquire' as const, callerId: caller, units, requests: 1, reverses: holder }))
  if (entries.length > 0)
    await writeConsumption(client, { changed: entries.map(({ balance }) => balance), entries, hours: [] }, now)
  await writeHold(client, hold, now)
  return { outcome: turn.outcome, held: amount, expiresAt }
}
