import { Customer } from '@tollkeeper/db'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'

/**
 * The tenant's customer at the provider, made when it is first needed. However many ask at once, there is one: the provider knows
 * the same request again by its key, and the table holds one row a tenant.
 */
export async function ensureCustomer(ctx: TenantContext): Promise<Customer> {
  const { tenantId, services } = ctx
  const known = await inTenant(ctx, (em) => em.findOne(Customer, { tenantId }))
  if (known) return known
  const made = await services.payments.createCustomer({ tenantId, ...(await payerOf(ctx)) })
  return inTenant(ctx, async (em) => {
    await em.execute(
      `insert into customer (tenant_id, id, stripe_customer_id, created_at) values (?, ?, ?, ?) on conflict (tenant_id) do nothing`,
      [tenantId, newId('customer'), made.id, services.clock.now()],
    )
    return em.findOneOrFail(Customer, { tenantId })
  })
}

/** Invoices go to the tenant's first owner, whoever opens the checkout, so that everybody asks for the same customer. */
async function payerOf(ctx: TenantContext): Promise<{ email: string; name: string }> {
  const [payer] = await inTenant(ctx, (em) =>
    em.execute<{ email: string; name: string }[]>(
      `select u.email, t.name from tenant t join member m on m.tenant_id = t.id join "user" u on u.id = m.user_id
       where t.id = ? order by m.role = 'owner' desc, m.joined_at, m.id limit 1`,
      [ctx.tenantId],
    ),
  )
  if (!payer) throw new Error(`The tenant ${ctx.tenantId} has no member who could pay.`)
  return payer
}
