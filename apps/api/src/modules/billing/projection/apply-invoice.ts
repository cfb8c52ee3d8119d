import { Invoice } from '@tollkeeper/db'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { ProviderInvoice } from '../../../kernel/ports/payments.ts'
import { sendReceipt } from '../mail/send-receipt.ts'
import { lockCustomer } from './lock-customer.ts'
import type { Fetch, Outcome } from './origin.ts'

/** Writes what the provider answered of an invoice over what we held, unless a later answer is there already. */
export async function applyInvoice(tx: SystemTransaction, found: ProviderInvoice, fetch: Fetch): Promise<Outcome> {
  const { em } = tx
  const customer = await lockCustomer(em, found.customerId)
  if (!customer) return 'not_ours'
  const known = await em.findOne(Invoice, { tenantId: customer.tenantId, stripeInvoiceId: found.id })
  if (known && known.fetchNumber > fetch.number) return 'outdated'
  const fields = {
    number: found.number,
    status: found.status,
    currency: found.currency,
    totalMinor: found.totalMinor,
    paidMinor: found.paidMinor,
    hostedUrl: found.hostedUrl,
    pdfUrl: found.pdfUrl,
    createdAt: found.createdAt,
    fetchedAt: fetch.at,
    fetchNumber: fetch.number,
  }
  const wasPaid = known?.status === 'paid'
  if (known) em.assign(known, fields)
  else em.create(Invoice, { tenantId: customer.tenantId, id: newId('invoice'), stripeInvoiceId: found.id, ...fields })
  if (found.status === 'paid' && !wasPaid) await sendReceipt(tx, customer.tenantId, found)
  return 'applied'
}
