import { Customer } from '@tollkeeper/db'
import { AppError } from '../../kernel/app-error.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { inTenant, inTransaction } from '../../kernel/in-transaction.ts'
import { recordAudit } from '../audit/index.ts'

/**
 * The address where the customer's card, invoices and subscription are managed, at the provider.
 * @throws AppError billing.no_subscription, billing.provider_unavailable
 */
export async function openPortal(ctx: TenantContext): Promise<{ url: string }> {
  const { services, tenantId } = ctx
  const customer = await inTenant(ctx, (em) => em.findOne(Customer, { tenantId }))
  if (!customer) throw new AppError('billing.no_subscription')
  const { url } = await services.payments.openPortal(customer.stripeCustomerId, `${services.publicUrl}/billing`)
  return inTransaction(ctx, async (tx) => {
    recordAudit(tx, { action: 'subscription.portal_opened', target: customer.id })
    return { url }
  })
}
