import { QuotaGrant } from '@tollkeeper/db'
import type { GrantView, VoidGrantInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { clientIn } from '../engine/client-in.ts'
import { lockBalance } from '../engine/lock-balance.ts'
import { roomIn } from '../engine/pool.ts'
import { toGrantView } from './grant-view.ts'
import { requireTenant } from './require-tenant.ts'

/**
 * Takes back what is left of a grant; what was used stays used, and what is held goes when it comes back. One that was voided before
 * stays as it is. @throws AppError tenant.not_found, quota.grant_not_found
 */
export async function voidGrant(ctx: UserContext, { tenantId, id, reason }: VoidGrantInput): Promise<GrantView> {
  const { services, caller, requestId } = ctx
  return inSystemTransaction(
    services,
    async ({ em, now }) => {
      await requireTenant(em, tenantId)
      const grant = await em.findOne(QuotaGrant, { tenantId, id })
      if (!grant) throw new AppError('quota.grant_not_found')
      const { featureKey, effectiveAt: windowStart } = grant
      const balance = (await lockBalance(clientIn(em), { tenantId, featureKey, windowStart, origin: id }))!
      const left = roomIn(balance)
      if (!grant.voidedAt) {
        const key = [tenantId, featureKey, windowStart, id]
        await em.execute(
          `update balance set granted = granted - ?, updated_at = ? where tenant_id = ? and feature_key = ? and window_start = ? and origin = ?`,
          [left, now, ...key],
        )
        await em.execute(
          `insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, reverses, at) values (?, ?, ?, ?, 'void', ?, ?, ?)`,
          [...key, -left, id, now],
        )
        await em.execute('update quota_grant set voided_at = ?, void_reason = ? where tenant_id = ? and id = ?', [
          now,
          reason,
          tenantId,
          id,
        ])
        announceChange(em, 'entitlement', tenantId)
        const details = { feature: featureKey, units: left, reason }
        writeAudit(em, { tenantId, action: 'quota.grant_voided', target: id, details, caller, requestId, at: now })
      }
      return toGrantView({ ...grant, voidedAt: grant.voidedAt ?? now, used: balance.consumed, remaining: 0 }, now)
    },
    ctx,
  )
}
