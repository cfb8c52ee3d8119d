import type { TenantView } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { plansInForce } from '../quota/index.ts'
import { openTenant } from './open-tenant.ts'
import { toTenantView } from './view.ts'

/** A new tenant, owned by the caller. */
export function createTenant(ctx: UserContext, { name }: { name: string }): Promise<TenantView> {
  return inSystemTransaction(
    ctx.services,
    async (tx) => {
      const tenant = await openTenant(tx, { name, ownerId: ctx.caller.userId, personal: false })
      writeAudit(tx.em, {
        tenantId: tenant.id,
        action: 'tenant.created',
        target: tenant.id,
        caller: ctx.caller,
        requestId: ctx.requestId,
        at: tx.now,
      })
      await tx.em.flush()
      const plans = await plansInForce(tx.em, [tenant.id])
      return toTenantView(tenant, plans.get(tenant.id) ?? '')
    },
    ctx,
  )
}
