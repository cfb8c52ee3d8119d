import { UsageCap } from '@tollkeeper/db'
import type { SetCapInput } from '@tollkeeper/shared'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/in-transaction.ts'
import { recordAudit } from '../../audit/index.ts'
import { requireBalanced } from '../grant/require-tenant.ts'
import { recapBalances } from './recap-balances.ts'

/**
 * Caps what one member or key, or each of them, may use of the tenant's units in a window. It holds on every node within a second; what
 * was used stays used. @throws AppError catalog.feature_unknown, quota.feature_not_metered, quota.paid_in_credits
 */
export async function setCap(ctx: TenantContext, { feature: featureKey, holder, limit }: SetCapInput): Promise<{ done: true }> {
  await requireBalanced(ctx.services, featureKey)
  return inTransaction(ctx, async (tx) => {
    const { em, tenantId, now } = tx
    await em.execute('select 1 from entitlement where tenant_id = ? and feature_key = ? for no key update', [tenantId, featureKey])
    if (limit === null) await em.nativeDelete(UsageCap, { tenantId, featureKey, holder })
    else await em.upsert(UsageCap, { tenantId, featureKey, holder, limit, updatedAt: now })
    await recapBalances(em, { tenantId, featureKey, now })
    announceChange(em, 'entitlement', tenantId)
    recordAudit(tx, { action: 'quota.cap_set', target: holder, details: { feature: featureKey, limit } })
    return { done: true as const }
  })
}
