import { noSuch } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { draftInvoice } from '../invoices/draft-invoice.ts'
import { finalizeInvoice } from '../invoices/finalize-invoice.ts'
import { endSubscription } from './end-subscription.ts'
import { pendingItemsOf } from './pending-items.ts'
import { prorate } from './prorate.ts'
import { type CancellationDetails, currentPeriod, hasEnded, type Subscription } from './subscription.ts'

export interface CancelInput {
  /** Credit what is left of the paid period. */
  prorate: boolean
  /** Put that credit, and usage not yet billed, on a last invoice. */
  invoiceNow: boolean
  details: Partial<CancellationDetails>
}

/** Ends a subscription at the caller's wish. */
export function cancelSubscription(books: Books, id: string, input: CancelInput): Subscription {
  const subscription = books.find('subscriptions', id)
  if (hasEnded(subscription)) throw noSuch('subscription', id)
  if (input.prorate && subscription.status === 'active') {
    prorate(books, { subscription, before: subscription.items.data, after: [], at: books.now() })
  }
  const ended = endSubscription(books, id, { reason: 'cancellation_requested', ...input.details })
  const pending = pendingItemsOf(books, ended)
  if (!input.invoiceNow || pending.length === 0) return ended
  const invoice = draftInvoice(books, {
    customer: ended.customer,
    currency: ended.currency,
    reason: 'subscription_update',
    period: currentPeriod(ended),
    lines: [],
    pending,
    subscription: ended,
  })
  finalizeInvoice(books, invoice.id, false)
  return books.revise('subscriptions', id, { latest_invoice: invoice.id }, 'customer.subscription.updated')
}
