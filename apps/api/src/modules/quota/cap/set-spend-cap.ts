import { SpendCap } from '@tollkeeper/db'
import type { SetSpendCapInput } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/in-transaction.ts'
import { recordAudit } from '../../audit/index.ts'
import { catalogOf } from '../../catalog/index.ts'
import { findFeature } from '../decision/decide.ts'
import { assertNotPaidInCredits } from '../grant/require-tenant.ts'
import { reapplyPlan } from '../plan/reapply-plan.ts'

/**
 * Caps what the tenant pays for use past the limit of a feature, in the windows that have not ended as well. It never allows more than
 * the plan does. @throws AppError catalog.feature_unknown, quota.paid_in_credits
 */
export async function setSpendCap(
  ctx: TenantContext,
  { feature: featureKey, amountMinor }: SetSpendCapInput,
): Promise<{ done: true }> {
  assertNotPaidInCredits(findFeature(await catalogOf(ctx.services), featureKey))
  return inTransaction(ctx, async (tx) => {
    const { em, tenantId, now } = tx
    await em.execute('select 1 from tenant where id = ? for no key update', [tenantId])
    if (amountMinor === null) await em.nativeDelete(SpendCap, { tenantId, featureKey })
    else await em.upsert(SpendCap, { tenantId, featureKey, amountMinor, updatedAt: now })
    await reapplyPlan(em, tenantId, now)
    recordAudit(tx, { action: 'quota.spend_cap_set', target: featureKey, details: { amountMinor } })
    return { done: true as const }
  })
}
