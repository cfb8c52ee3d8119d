import type { Books } from '../books/books.ts'
import type { CancellationDetails, Subscription } from './subscription.ts'

/** Ends a subscription now. Invoices still open stay owed but are no longer charged by themselves. */
export function endSubscription(books: Books, id: string, details: Partial<CancellationDetails>): Subscription {
  const subscription = books.find('subscriptions', id)
  const now = books.now()
  for (const invoice of books.all('invoices')) {
    const ours = invoice.parent?.subscription_details?.subscription === id
    if (ours && invoice.status === 'open') {
      books.revise('invoices', invoice.id, { auto_advance: false, next_payment_attempt: null }, 'invoice.updated')
    }
  }
  return books.revise(
    'subscriptions',
    id,
    {
      status: 'canceled',
      ended_at: now,
      canceled_at: subscription.canceled_at ?? now,
      cancellation_details: { ...subscription.cancellation_details, ...details },
    },
    'customer.subscription.deleted',
  )
}
