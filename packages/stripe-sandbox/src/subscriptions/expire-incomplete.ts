import type { Books } from '../books/books.ts'
import { voidInvoice } from '../invoices/close-invoice.ts'
import type { Subscription } from './subscription.ts'

/** A subscription whose first invoice was not paid in time never begins. */
export function expireIncomplete(books: Books, { id, latest_invoice }: Subscription): void {
  if (latest_invoice && books.find('invoices', latest_invoice).status === 'open') voidInvoice(books, latest_invoice)
  if (books.find('subscriptions', id).status !== 'incomplete') return
  const now = books.now()
  books.revise(
    'subscriptions',
    id,
    { status: 'incomplete_expired', ended_at: now, canceled_at: now },
    'customer.subscription.updated',
  )
}
