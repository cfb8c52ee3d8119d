import { EntitlementOverride } from '@tollkeeper/db'
import type { OverrideLimitInput, RemoveOverrideInput } from '@tollkeeper/shared'
import { invalidInput } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { catalogOf } from '../../catalog/index.ts'
import { findFeature } from '../decision/decide.ts'
import { reapplyPlan } from '../plan/reapply-plan.ts'
import { assertNotPaidInCredits, requireTenant } from './require-tenant.ts'

/**
 * Gives one tenant another limit than its plan's, for a reason and up to an end. It holds at once in every window that has not ended, as
 * a change of plan does, and over changes of plan. @throws AppError tenant.not_found, catalog.feature_unknown,
 * quota.paid_in_credits, input.invalid
 */
export async function overrideLimit(ctx: UserContext, input: OverrideLimitInput): Promise<{ done: true }> {
  const { services, caller, requestId } = ctx
  const { tenantId, feature: featureKey, limit, reason } = input
  assertNotPaidInCredits(findFeature(await catalogOf(services), featureKey))
  await inSystemTransaction(
    services,
    async ({ em, now }) => {
      const endsAt = input.endsAt === undefined ? null : new Date(input.endsAt)
      if (endsAt && endsAt <= now) throw invalidInput('endsAt', 'must be in the future')
      await requireTenant(em, tenantId)
      await em.upsert(EntitlementOverride, {
        tenantId,
        featureKey,
        limit,
        reason,
        endsAt,
        createdBy: caller.userId,
        createdAt: now,
      })
      await reapplyPlan(em, tenantId, now)
      const details = { feature: featureKey, limit, reason, endsAt: endsAt?.toISOString() ?? null }
      writeAudit(em, { tenantId, action: 'quota.limit_overridden', target: featureKey, details, caller, requestId, at: now })
    },
    ctx,
  )
  return { done: true }
}

/** Lets the plan's limit hold again. Where there is no override it stays as it is. @throws AppError tenant.not_found */
export async function removeOverride(ctx: UserContext, { tenantId, feature }: RemoveOverrideInput): Promise<{ done: true }> {
  const { services, caller, requestId } = ctx
  await inSystemTransaction(
    services,
    async ({ em, now }) => {
      await requireTenant(em, tenantId)
      if ((await em.nativeDelete(EntitlementOverride, { tenantId, featureKey: feature })) === 0) return
      await reapplyPlan(em, tenantId, now)
      writeAudit(em, { tenantId, action: 'quota.override_removed', target: feature, caller, requestId, at: now })
    },
    ctx,
  )
  return { done: true }
}
