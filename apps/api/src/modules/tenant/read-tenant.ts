import { Tenant } from '@tollkeeper/db'
import type { TenantView } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { inTenant } from '../../kernel/in-transaction.ts'
import { plansInForce } from '../quota/index.ts'
import { toTenantView } from './view.ts'

/** @throws AppError tenant.not_found, the same for a tenant of others as for none */
export async function readTenant(ctx: TenantContext, id: string): Promise<TenantView> {
  return inTenant(ctx, async (em) => {
    const tenant = await em.findOne(Tenant, { id })
    if (!tenant) throw new AppError('tenant.not_found')
    const plans = await plansInForce(em, [id])
    return toTenantView(tenant, plans.get(id) ?? '')
  })
}
