import { Invoice } from '@tollkeeper/db'
import type { InvoiceView } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { inTenant } from '../../kernel/in-transaction.ts'
import { toInvoiceView } from './view.ts'

/** More than eight years of monthly invoices; older ones are in the portal. */
const MOST = 100

/** The tenant's invoices, newest first. */
export async function listInvoices(ctx: TenantContext): Promise<{ invoices: InvoiceView[] }> {
  const { tenantId } = ctx
  const found = await inTenant(ctx, (em) =>
    em.find(Invoice, { tenantId }, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: MOST }),
  )
  return { invoices: found.map(toInvoiceView) }
}
