import { EntitlementOverride } from '@tollkeeper/db'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { writeAudit } from '../../audit/index.ts'
import { reapplyPlan } from '../plan/reapply-plan.ts'
import { requireTenant } from './require-tenant.ts'

/** Lets the plans' limits hold again for those whose override has come to its end. Any number of nodes may do it at once. */
export async function endOverrides(services: Services): Promise<number> {
  const due = await inSystem(services, (em) =>
    em.find(EntitlementOverride, { endsAt: { $lte: services.clock.now() } }, { orderBy: { tenantId: 'asc' } }),
  )
  for (const tenantId of new Set(due.map((override) => override.tenantId))) {
    await inSystemTransaction(services, async ({ em, now }) => {
      await requireTenant(em, tenantId)
      const ended = await em.find(EntitlementOverride, { tenantId, endsAt: { $lte: now } })
      if (ended.length === 0) return
      await em.nativeDelete(EntitlementOverride, { tenantId, endsAt: { $lte: now } })
      for (const { featureKey } of ended)
        writeAudit(em, { tenantId, action: 'quota.override_ended', target: featureKey, caller: 'system', requestId: null, at: now })
      await reapplyPlan(em, tenantId, now)
    })
  }
  return due.length
}
