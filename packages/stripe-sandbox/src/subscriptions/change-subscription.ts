import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { collectInvoice } from '../invoices/collect-invoice.ts'
import { draftInvoice, newInvoiceId } from '../invoices/draft-invoice.ts'
import { finalizeInvoice } from '../invoices/finalize-invoice.ts'
import { cardDeclined } from '../payments/card-declined.ts'
import { addIntervals } from '../time/calendar.ts'
import { periodLines, usageLines } from './lines.ts'
import { type ItemChange, nextItems } from './next-items.ts'
import { pendingItemsOf } from './pending-items.ts'
import { prorate } from './prorate.ts'
import { withPeriod } from './renew-subscription.ts'
import type { PaymentBehaviour } from './start-subscription.ts'
import { currentPeriod, hasEnded, itemList, type Subscription } from './subscription.ts'
import { periodAmount, type SubscriptionItem } from './subscription-item.ts'

export interface ChangeInput {
  /** Plain fields to set as they are. */
  fields: Partial<Subscription>
  items?: ItemChange[]
  prorationBehaviour?: 'create_prorations' | 'always_invoice' | 'none'
  prorationDate?: number
  paymentBehaviour?: PaymentBehaviour
  anchorNow?: boolean
  /** Unix seconds, or `now` to end a trial at once. */
  trialEnd?: number | 'now'
}

/** Changes a subscription: fields, items with proration, trial, billing anchor. What must be paid now is invoiced now. */
export function changeSubscription(books: Books, id: string, input: ChangeInput): Subscription {
  const before = books.find('subscriptions', id)
  assertCanChange(before, input)
  const now = books.now()
  const items = input.items ? nextItems(books, before, input.items) : before.items.data
  const trialEnds = input.trialEnd === 'now' && before.status === 'trialing'
  const staysTrial = before.status === 'trialing' && !trialEnds
  const restart = !staysTrial && (trialEnds || input.anchorNow === true || mustRestart(before.items.data, items))
  const behaviour = input.prorationBehaviour ?? 'create_prorations'
  if (before.status === 'active' || before.status === 'past_due') {
    if (behaviour !== 'none' && (restart || input.items)) {
      const charged = restart ? [] : items
      prorate(books, { subscription: before, before: before.items.data, after: charged, at: input.prorationDate ?? now })
    }
  }
  const invoiceNow = restart || (behaviour === 'always_invoice' && prorations(books, before).length > 0)
  const invoice = invoiceNow ? newInvoiceId() : null
  const changed = { ...before, ...input.fields, items: itemList(id, items) }
  const subscription = books.revise(
    'subscriptions',
    id,
    {
      ...input.fields,
      ...trialFields(before, input, now),
      ...(restart ? restarted(changed, now) : { items: changed.items }),
      ...(typeof input.trialEnd === 'number'
        ? withPeriod(changed, { start: currentPeriod(before).start, end: input.trialEnd })
        : {}),
      ...(invoice ? { latest_invoice: invoice } : {}),
    },
    'customer.subscription.updated',
  )
  if (!invoice) return subscription
  draftInvoice(books, {
    id: invoice,
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_update',
    period: restart ? currentPeriod(subscription) : { start: now, end: now },
    lines: restart
      ? [
          ...usageLines(books, before, { start: currentPeriod(before).start, end: now }),
          ...periodLines(books, subscription, currentPeriod(subscription)),
        ]
      : [],
    pending: restart ? pendingItemsOf(books, subscription) : prorations(books, subscription),
    subscription,
  })
  const open = finalizeInvoice(books, invoice, subscription.collection_method === 'charge_automatically')
  if (open.auto_advance && open.status === 'open') {
    const { paid, attempt } = collectInvoice(books, invoice)
    if (!paid && attempt && input.paymentBehaviour === 'error_if_incomplete') throw cardDeclined(attempt.intent, false)
  }
  return books.find('subscriptions', id)
}

/** A change of interval, or from nothing to something, begins a new period at once. */
function mustRestart(before: SubscriptionItem[], after: SubscriptionItem[]): boolean {
  const [old] = before
  const [next] = after
  if (!old || !next) return false
  const sameInterval =
    old.price.recurring.interval === next.price.recurring.interval &&
    old.price.recurring.interval_count === next.price.recurring.interval_count
  const sum = (items: SubscriptionItem[]) => items.reduce((total, item) => total + periodAmount(item), 0)
  return !sameInterval || (sum(before) === 0 && sum(after) > 0)
}

function restarted(subscription: Subscription, now: number): Partial<Subscription> {
  const [first] = subscription.items.data
  if (!first) return {}
  const period = { start: now, end: addIntervals(now, first.price.recurring, 1) }
  const status = subscription.status === 'trialing' ? 'active' : subscription.status
  return { ...withPeriod(subscription, period), billing_cycle_anchor: now, status }
}

function trialFields(before: Subscription, input: ChangeInput, now: number): Partial<Subscription> {
  if (input.trialEnd === undefined) return {}
  if (input.trialEnd === 'now') return before.status === 'trialing' ? { trial_end: now } : {}
  return { trial_end: input.trialEnd, billing_cycle_anchor: input.trialEnd }
}

function prorations(books: Books, subscription: Subscription) {
  return pendingItemsOf(books, subscription).filter((item) => item.proration)
}

function assertCanChange(subscription: Subscription, input: ChangeInput): void {
  const fields = Object.keys(input.fields).filter((field) => field !== 'metadata' && field !== 'cancellation_details')
  const asks = fields.length > 0 || input.items || input.trialEnd !== undefined || input.anchorNow
  if (hasEnded(subscription) && asks) {
    throw refused('A canceled subscription can only update its cancellation_details and metadata.', {
      code: 'invalid_canceled_subscription_fields',
    })
  }
  if (typeof input.trialEnd === 'number' && subscription.status !== 'trialing') {
    throw refused(
      'The sandbox moves the end of a running trial; it does not begin a trial on a subscription that is already billed.',
      {
        param: 'trial_end',
      },
    )
  }
  if (subscription.status === 'incomplete' && (input.items || input.trialEnd !== undefined || input.anchorNow)) {
    throw refused('This subscription is incomplete: pay or void its first invoice before you change its items.', { param: 'items' })
  }
}
