import type { Books } from '../books/books.ts'
import { type Invoice, subscriptionOf } from '../invoices/invoice.ts'
import { endSubscription } from './end-subscription.ts'
import { hasEnded, type Subscription, type SubscriptionStatus } from './subscription.ts'

/** A first invoice paid makes the subscription live; the latest invoice paid makes it whole again. */
export function afterPaid(books: Books, invoice: Invoice): void {
  const subscription = followed(books, invoice)
  if (!subscription) return
  const recovers = subscription.status === 'past_due' || subscription.status === 'unpaid'
  if (subscription.status === 'incomplete' || (recovers && subscription.latest_invoice === invoice.id)) {
    setStatus(books, subscription, 'active')
  }
}

/** A failed charge makes a live subscription past due; the last one ends it as the account is set up. */
export function afterFailed(books: Books, invoice: Invoice): void {
  const subscription = followed(books, invoice)
  if (!subscription || invoice.billing_reason === 'subscription_create') return
  if (subscription.status === 'active' || subscription.status === 'trialing') setStatus(books, subscription, 'past_due')
  const exhausted = invoice.next_payment_attempt === null && invoice.attempt_count > books.settings.retryDays.length
  if (!exhausted) return
  if (books.settings.whenExhausted === 'cancel') endSubscription(books, subscription.id, { reason: 'payment_failed' })
  if (books.settings.whenExhausted === 'unpaid') setStatus(books, books.find('subscriptions', subscription.id), 'unpaid')
}

/** Voiding the first invoice ends a subscription that never began; voiding the latest one forgives it. */
export function afterVoided(books: Books, invoice: Invoice): void {
  const subscription = followed(books, invoice)
  if (!subscription) return
  if (subscription.status === 'incomplete') {
    books.revise(
      'subscriptions',
      subscription.id,
      { status: 'incomplete_expired', ended_at: books.now(), canceled_at: books.now() },
      'customer.subscription.updated',
    )
  }
  const owes = subscription.status === 'past_due' || subscription.status === 'unpaid'
  if (owes && subscription.latest_invoice === invoice.id) setStatus(books, subscription, 'active')
}

/** The subscription this invoice is for, as long as it lives: nothing that happens to its old invoices revives or ends it again. */
function followed(books: Books, invoice: Invoice): Subscription | undefined {
  const id = subscriptionOf(invoice)
  const subscription = id === null ? undefined : books.get('subscriptions', id)
  return subscription && !hasEnded(subscription) ? subscription : undefined
}

function setStatus(books: Books, subscription: Subscription, status: SubscriptionStatus): void {
  books.revise('subscriptions', subscription.id, { status }, 'customer.subscription.updated')
}
