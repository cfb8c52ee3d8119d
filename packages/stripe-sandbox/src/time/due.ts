import type { Books } from '../books/books.ts'
import { expireSession } from '../checkout/expire-session.ts'
import { collectInvoice } from '../invoices/collect-invoice.ts'
import { subscriptionOf } from '../invoices/invoice.ts'
import { payingMethod } from '../invoices/paying-method.ts'
import { endSubscription } from '../subscriptions/end-subscription.ts'
import { expireIncomplete } from '../subscriptions/expire-incomplete.ts'
import { renewSubscription } from '../subscriptions/renew-subscription.ts'
import { currentPeriod, hasEnded, type Subscription } from '../subscriptions/subscription.ts'

/** Something time brings about at `at` (unix seconds). */
export interface Due {
  at: number
  run: (books: Books) => void
}

const hour = 3600
const trialNotice = 72 * hour
const incompleteLife = 23 * hour

/** All that is waiting for its hour. */
export function* upcoming(books: Books): Generator<Due> {
  for (const subscription of books.all('subscriptions')) {
    if (hasEnded(subscription)) continue
    yield* trialReminder(books, subscription)
    yield nextTurn(subscription)
  }
  for (const invoice of books.all('invoices')) {
    if (invoice.status !== 'open') continue
    if (invoice.next_payment_attempt !== null) {
      yield { at: invoice.next_payment_attempt, run: (due) => void collectInvoice(due, invoice.id) }
    }
    if (invoice.due_date !== null) yield* overdue(books, invoice.id, invoice.due_date)
  }
  for (const session of books.all('checkoutSessions')) {
    if (session.status === 'open') yield { at: session.expires_at, run: (due) => void expireSession(due, session.id) }
  }
}

function* trialReminder(books: Books, subscription: Subscription): Generator<Due> {
  if (subscription.status !== 'trialing' || subscription.trial_end === null) return
  const id = `${subscription.id}:trial_will_end:${subscription.trial_end}`
  if (books.get('reminders', id)) return
  yield {
    at: Math.max(subscription.trial_end - trialNotice, subscription.start_date),
    run: (due) => {
      due.record('reminders', { id })
      due.announce('customer.subscription.trial_will_end', due.find('subscriptions', subscription.id))
    },
  }
}

/** What a subscription's own time brings next: its end, its first payment's time limit, or its next period. */
function nextTurn(subscription: Subscription): Due {
  const { id } = subscription
  const periodEnd = currentPeriod(subscription).end
  if (subscription.status === 'incomplete') {
    return { at: subscription.created + incompleteLife, run: (due) => expireIncomplete(due, subscription) }
  }
  if (subscription.cancel_at !== null && subscription.cancel_at <= periodEnd) {
    return { at: subscription.cancel_at, run: (due) => void endSubscription(due, id, { reason: 'cancellation_requested' }) }
  }
  return { at: periodEnd, run: (due) => (endsForWantOfCard(due, subscription) ? endTrial(due, id) : renewSubscription(due, id)) }
}

function endsForWantOfCard(books: Books, subscription: Subscription): boolean {
  if (subscription.status !== 'trialing' || subscription.collection_method !== 'charge_automatically') return false
  if (subscription.trial_settings.end_behavior.missing_payment_method !== 'cancel') return false
  const invoice = subscription.latest_invoice && books.get('invoices', subscription.latest_invoice)
  return !invoice || payingMethod(books, invoice) === undefined
}

function endTrial(books: Books, id: string): void {
  endSubscription(books, id, { reason: 'payment_failed' })
}

function* overdue(books: Books, invoiceId: string, dueDate: number): Generator<Due> {
  const id = `${invoiceId}:overdue`
  if (books.get('reminders', id)) return
  yield {
    at: dueDate,
    run: (due) => {
      due.record('reminders', { id })
      const invoice = due.find('invoices', invoiceId)
      due.announce('invoice.overdue', invoice)
      const subscription = subscriptionOf(invoice)
      if (subscription !== null && due.find('subscriptions', subscription).status === 'active') {
        due.revise('subscriptions', subscription, { status: 'past_due' }, 'customer.subscription.updated')
      }
    },
  }
}
