import type { EntityManager } from '@mikro-orm/postgresql'
import { announceChange } from '../../../kernel/change-feed.ts'
import { regrantBalances } from './regrant-balances.ts'
import { writeEntitlements } from './write-entitlements.ts'

interface PlanRow {
  planKey: string
  planVersionId: string
  source: string
  anchorAt: string | null
}

/** Works out anew what a tenant may use on the plan that is in force, after something beside the plan has changed. */
export async function reapplyPlan(em: EntityManager, tenantId: string, now: Date): Promise<void> {
  await em.flush()
  const [plan] = await em.execute<PlanRow[]>(
    `select e.plan_key as "planKey", e.plan_version_id as "planVersionId", e.source, s.created_at as "anchorAt"
     from entitlement e left join subscription s on s.tenant_id = e.tenant_id and s.id = e.source where e.tenant_id = ? limit 1`,
    [tenantId],
  )
  if (!plan) return
  const { anchorAt, ...inForce } = plan
  await writeEntitlements(em, { ...inForce, tenantId, ...(anchorAt === null ? {} : { anchorAt: new Date(anchorAt) }), now })
  await regrantBalances(em, { tenantId, now })
  announceChange(em, 'entitlement', tenantId)
}
