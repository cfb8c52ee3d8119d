import type { Books } from '../books/books.ts'
import { giveUpInvoice, voidInvoice } from '../invoices/close-invoice.ts'
import { collectInvoice } from '../invoices/collect-invoice.ts'
import { draftInvoice, newInvoiceId } from '../invoices/draft-invoice.ts'
import { finalizeInvoice } from '../invoices/finalize-invoice.ts'
import type { Invoice } from '../invoices/invoice.ts'
import { periodEndAfter } from '../time/calendar.ts'
import { periodLines, usageLines } from './lines.ts'
import { pendingItemsOf } from './pending-items.ts'
import { currentPeriod, itemList, type Subscription } from './subscription.ts'
import type { Period } from './subscription-item.ts'

/** Moves the subscription to its next period: usage of the old one in arrears, the new one in advance, one invoice. */
export function renewSubscription(books: Books, id: string): void {
  const invoice = draftRenewal(books, id)
  const subscription = books.find('subscriptions', id)
  if (subscription.status === 'unpaid') return
  const pause = subscription.pause_collection?.behavior
  if (pause === 'keep_as_draft') return
  const open = finalizeInvoice(books, invoice.id, pause === undefined && subscription.collection_method === 'charge_automatically')
  if (open.status !== 'open') return
  if (pause === 'void') voidInvoice(books, open.id)
  else if (pause === 'mark_uncollectible') giveUpInvoice(books, open.id)
  else if (open.auto_advance) collectInvoice(books, open.id)
}

/** Moves the period and writes the draft: also what a preview of the next invoice shows. */
export function draftRenewal(books: Books, id: string): Invoice {
  const before = books.find('subscriptions', id)
  const past = currentPeriod(before)
  const [first] = before.items.data
  if (!first) throw new Error(`Subscription ${id} has no items.`)
  const period = { start: past.end, end: periodEndAfter(before.billing_cycle_anchor, past.end, first.price.recurring) }
  const invoice = newInvoiceId()
  const subscription = books.revise(
    'subscriptions',
    id,
    {
      ...withPeriod(before, period),
      latest_invoice: invoice,
      status: before.status === 'trialing' ? 'active' : before.status,
    },
    'customer.subscription.updated',
  )
  return draftInvoice(books, {
    id: invoice,
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_cycle',
    period: past,
    lines: [...usageLines(books, before, past), ...periodLines(books, subscription, period)],
    pending: pendingItemsOf(books, subscription),
    subscription,
  })
}

/** The fields that move when a subscription's period does. */
export function withPeriod(subscription: Subscription, period: Period): Pick<Subscription, 'items' | 'cancel_at'> {
  const items = subscription.items.data.map((item) => ({
    ...item,
    current_period_start: period.start,
    current_period_end: period.end,
  }))
  const cancelAt = subscription.cancel_at_period_end ? period.end : subscription.cancel_at
  return { items: itemList(subscription.id, items), cancel_at: cancelAt }
}
