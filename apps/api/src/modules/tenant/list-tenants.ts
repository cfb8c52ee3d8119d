import { Tenant } from '@tollkeeper/db'
import type { TenantView } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import { plansInForce } from '../quota/index.ts'
import { toTenantView } from './view.ts'

/** The tenants the caller is a member of, oldest first. */
export async function listTenants(ctx: UserContext): Promise<{ tenants: TenantView[] }> {
  const ids = ctx.caller.memberships.map(({ tenantId }) => tenantId)
  return inSystem(ctx.services, async (em) => {
    const tenants = await em.find(Tenant, { id: { $in: ids } }, { orderBy: { createdAt: 'asc', id: 'asc' } })
    const plans = await plansInForce(em, ids)
    return { tenants: tenants.map((tenant) => toTenantView(tenant, plans.get(tenant.id) ?? '')) }
  })
}
