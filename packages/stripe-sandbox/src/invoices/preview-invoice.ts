import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { newId } from '../objects/new-id.ts'
import { cancelSubscription } from '../subscriptions/cancel-subscription.ts'
import { type ChangeInput, changeSubscription } from '../subscriptions/change-subscription.ts'
import type { ItemChange } from '../subscriptions/next-items.ts'
import { draftRenewal } from '../subscriptions/renew-subscription.ts'
import { startSubscription } from '../subscriptions/start-subscription.ts'
import { currentPeriod } from '../subscriptions/subscription.ts'
import { amountsOf, type Invoice } from './invoice.ts'

export interface PreviewRequest {
  customer?: string
  subscription?: string
  subscription_details?: {
    items?: ItemChange[]
    proration_behavior?: ChangeInput['prorationBehaviour']
    proration_date?: number
    billing_cycle_anchor?: 'now' | 'unchanged'
    cancel_at_period_end?: boolean
    cancel_now?: boolean
    trial_end?: number | 'now'
  }
}

/** The invoice that would come next, found by doing it and undoing it again: nothing is kept and nothing is announced. */
export function previewInvoice(books: Books, request: PreviewRequest): Omit<Invoice, 'status'> & { status: 'draft' } {
  const invoice = books.rehearse(() =>
    request.subscription ? nextOf(books, request.subscription, request) : firstOf(books, request),
  )
  const id = newId('upcoming_in')
  const data = invoice.lines.data.map((line) => ({ ...line, invoice: id }))
  return {
    ...invoice,
    // As it would be before it is finalized and charged.
    ...amountsOf(invoice.lines.data, invoice.starting_balance),
    id,
    status: 'draft',
    number: null,
    attempted: false,
    attempt_count: 0,
    amount_paid: 0,
    auto_advance: false,
    ending_balance: null,
    effective_at: null,
    due_date: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    next_payment_attempt: null,
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    webhooks_delivered_at: null,
    lines: { ...invoice.lines, data, url: `/v1/invoices/${id}/lines` },
  }
}

function nextOf(books: Books, id: string, { subscription_details: details = {} }: PreviewRequest): Invoice {
  const before = books.find('subscriptions', id, 'subscription')
  if (details.cancel_now) {
    const canceled = cancelSubscription(books, id, { prorate: true, invoiceNow: true, details: {} })
    return madeInvoice(books, canceled.latest_invoice, before.latest_invoice)
  }
  if (details.cancel_at_period_end) throw nothingComes()
  const after = changeSubscription(books, id, {
    fields: details.cancel_at_period_end === false ? { cancel_at_period_end: false, cancel_at: null } : {},
    items: details.items,
    prorationBehaviour: details.proration_behavior,
    prorationDate: details.proration_date,
    paymentBehaviour: 'allow_incomplete',
    anchorNow: details.billing_cycle_anchor === 'now',
    trialEnd: details.trial_end,
  })
  if (after.latest_invoice !== before.latest_invoice) return madeInvoice(books, after.latest_invoice, before.latest_invoice)
  if (after.cancel_at_period_end) throw nothingComes()
  return books.at(currentPeriod(after).end, () => draftRenewal(books, id))
}

function firstOf(books: Books, { customer, subscription_details: details }: PreviewRequest): Invoice {
  if (customer === undefined || !details?.items) {
    throw refused('A preview needs `subscription`, or `customer` with `subscription_details[items]`.', { param: 'subscription' })
  }
  const items = details.items.map((item, index) => {
    if (item.price === undefined) {
      const param = `subscription_details[items][${index}][price]`
      throw refused(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
    }
    return { price: item.price, quantity: item.quantity }
  })
  const trialEnd = typeof details.trial_end === 'number' ? details.trial_end : null
  const { latest_invoice } = startSubscription(books, { customer, items, trialEnd, paymentBehaviour: 'default_incomplete' })
  return madeInvoice(books, latest_invoice, null)
}

function madeInvoice(books: Books, id: string | null, before: string | null): Invoice {
  if (id === null || id === before) throw nothingComes()
  return books.find('invoices', id)
}

function nothingComes() {
  return refused('No upcoming invoices for this subscription: nothing more would be billed.', { code: 'invoice_upcoming_none' })
}
