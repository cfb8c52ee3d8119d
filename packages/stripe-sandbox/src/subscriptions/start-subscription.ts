import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { collectInvoice } from '../invoices/collect-invoice.ts'
import { draftInvoice, newInvoiceId } from '../invoices/draft-invoice.ts'
import { finalizeInvoice } from '../invoices/finalize-invoice.ts'
import { defaultMethodOf } from '../invoices/paying-method.ts'
import type { Metadata } from '../objects/shape.ts'
import { cardDeclined } from '../payments/card-declined.ts'
import { addIntervals } from '../time/calendar.ts'
import { periodLines, trialLines } from './lines.ts'
import { type RequestedItem, resolveItems } from './resolve-items.ts'
import { buildSubscription, type Subscription } from './subscription.ts'
import { periodAmount } from './subscription-item.ts'

export type PaymentBehaviour = 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete'

export interface StartInput {
  customer: string
  items: RequestedItem[]
  trialEnd?: number | null
  collectionMethod?: Subscription['collection_method']
  daysUntilDue?: number | null
  defaultPaymentMethod?: string | null
  paymentBehaviour?: PaymentBehaviour
  missingPaymentMethod?: 'create_invoice' | 'cancel'
  description?: string | null
  metadata?: Metadata
  cancelAtPeriodEnd?: boolean
}

/** Begins a subscription, writes its first invoice and, unless told otherwise, charges it. */
export function startSubscription(books: Books, input: StartInput): Subscription {
  const customer = books.find('customers', input.customer, 'customer')
  const items = resolveItems(books, input.items)
  const { price } = items[0] as (typeof items)[number]
  assertCurrency(customer.currency, price.currency)
  const now = books.now()
  const trialing = (input.trialEnd ?? 0) > now
  const anchor = trialing ? (input.trialEnd as number) : now
  const period = { start: now, end: trialing ? anchor : addIntervals(now, price.recurring, 1) }
  const collectionMethod = input.collectionMethod ?? 'charge_automatically'
  const amount = trialing ? 0 : items.reduce((sum, item) => sum + periodAmount(item), 0)
  const charged = collectionMethod === 'charge_automatically' && amount + customer.balance > 0
  const behaviour = input.paymentBehaviour ?? 'allow_incomplete'
  if (charged && behaviour !== 'default_incomplete') assertCanPay(books, input)

  const invoice = newInvoiceId()
  const subscription = books.record(
    'subscriptions',
    buildSubscription(
      {
        customer: customer.id,
        currency: price.currency,
        items,
        status: trialing ? 'trialing' : charged ? 'incomplete' : 'active',
        period,
        billingCycleAnchor: anchor,
        trial: trialing ? { start: now, end: anchor } : null,
        latestInvoice: invoice,
        collectionMethod,
        daysUntilDue: collectionMethod === 'send_invoice' ? (input.daysUntilDue ?? 30) : null,
        defaultPaymentMethod: input.defaultPaymentMethod ?? null,
        description: input.description ?? null,
        metadata: input.metadata ?? {},
        missingPaymentMethod: input.missingPaymentMethod ?? 'create_invoice',
      },
      now,
    ),
    'customer.subscription.created',
  )
  draftInvoice(books, {
    id: invoice,
    customer: customer.id,
    currency: price.currency,
    reason: 'subscription_create',
    period: { start: now, end: now },
    lines: trialing ? trialLines(books, subscription, period) : periodLines(books, subscription, period),
    pending: [],
    subscription,
  })
  finalizeInvoice(books, invoice, charged && behaviour !== 'default_incomplete')
  if (charged && behaviour !== 'default_incomplete') {
    const { paid, attempt } = collectInvoice(books, invoice)
    if (!paid && attempt && behaviour === 'error_if_incomplete') throw cardDeclined(attempt.intent, false)
  }
  if (input.cancelAtPeriodEnd) {
    books.revise(
      'subscriptions',
      subscription.id,
      { cancel_at_period_end: true, cancel_at: period.end, canceled_at: now },
      'customer.subscription.updated',
    )
  }
  return books.find('subscriptions', subscription.id)
}

function assertCanPay(books: Books, input: StartInput): void {
  if (input.defaultPaymentMethod ?? defaultMethodOf(books, input.customer)) return
  throw refused('This customer has no attached payment source or default payment method.', {
    code: 'resource_missing',
    param: 'customer',
  })
}

function assertCurrency(customerCurrency: string | null | undefined, currency: string): void {
  if (!customerCurrency || customerCurrency === currency) return
  throw refused(
    `You cannot combine currencies on a single customer. This customer has had a subscription, coupon, or invoice item with currency ${customerCurrency}`,
    { param: 'items' },
  )
}
