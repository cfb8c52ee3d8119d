import { Subscription } from '@tollkeeper/db'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { defaultPlan } from '../../catalog/index.ts'
import { applyPlan } from '../../quota/index.ts'
import { givesPlan, liveStatuses } from './access-of-status.ts'

/**
 * Puts in force what the tenant's subscription gives now, or takes back what it gave. It is always worked out from the rows, so
 * asking again changes nothing, and a plan that something else gave stays. The customer's row must be locked.
 */
export async function deriveAccess({ em, services, now }: SystemTransaction, tenantId: string): Promise<void> {
  await em.flush()
  const base = await em.findOne(Subscription, { tenantId, superseded: false, status: { $in: liveStatuses } })
  const [inForce] = await em.execute<{ source: string; plan_version_id: string }[]>(
    'select source, plan_version_id from entitlement where tenant_id = ? limit 1',
    [tenantId],
  )
  if (base && givesPlan({ status: base.status, pastDueAt: base.pastDueAt ?? null }, now)) {
    if (inForce?.source === base.id && inForce.plan_version_id === base.planVersionId) return
    const { id: source, planKey, planVersionId, createdAt: anchorAt } = base
    return applyPlan(em, { tenantId, planKey, planVersionId, source, anchorAt, now })
  }
  if (inForce && !inForce.source.startsWith('sub_')) return
  const plan = await defaultPlan(services)
  await applyPlan(em, { tenantId, planKey: plan.key, planVersionId: plan.liveVersionId, source: 'default', now })
}
