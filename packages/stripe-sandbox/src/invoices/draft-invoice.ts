import type { Books } from '../books/books.ts'
import { newId } from '../objects/new-id.ts'
import type { Metadata } from '../objects/shape.ts'
import type { Subscription } from '../subscriptions/subscription.ts'
import type { Period } from '../subscriptions/subscription-item.ts'
import { type BillingReason, buildInvoice, type Invoice } from './invoice.ts'
import type { InvoiceItem } from './invoice-item.ts'
import { buildLine, type InvoiceLine, type LineInput } from './invoice-line.ts'

export interface Draft {
  id?: string
  customer: string
  currency: string
  reason: BillingReason
  period: Period
  lines: LineInput[]
  /** Items that waited for this invoice; they go on it, before the lines. */
  pending: InvoiceItem[]
  subscription: Subscription | null
  collectionMethod?: Invoice['collection_method']
  defaultPaymentMethod?: string | null
  description?: string | null
  metadata?: Metadata
}

/** Writes a draft invoice and takes the pending items onto it. */
export function draftInvoice(books: Books, draft: Draft): Invoice {
  const id = draft.id ?? newInvoiceId()
  const now = books.now()
  const customer = claimCurrency(books, draft.customer, draft.currency)
  const lines = [...draft.pending.map((item) => lineOf(item, id)), ...draft.lines.map((line) => buildLine(line, id))]
  for (const item of draft.pending) {
    if (item.invoice === null) books.revise('invoiceItems', item.id, { invoice: id })
  }
  return books.record(
    'invoices',
    buildInvoice(
      {
        id,
        customer,
        currency: draft.currency,
        reason: draft.reason,
        lines,
        period: draft.period,
        collectionMethod: draft.subscription?.collection_method ?? draft.collectionMethod ?? 'charge_automatically',
        defaultPaymentMethod: draft.defaultPaymentMethod ?? null,
        description: draft.description ?? null,
        metadata: draft.metadata ?? {},
        subscription: draft.subscription && { id: draft.subscription.id, metadata: draft.subscription.metadata },
      },
      now,
    ),
    'invoice.created',
  )
}

/** An invoice's id before there is an invoice, so that its subscription can already name it. */
export function newInvoiceId(): string {
  return newId('in')
}

export function lineOf(item: InvoiceItem, invoice: string): InvoiceLine {
  const details = item.parent?.subscription_details
  const line = buildLine(
    {
      amount: item.amount,
      currency: item.currency,
      description: item.description ?? '',
      period: item.period,
      quantity: item.quantity,
      price: null,
      metadata: item.metadata,
      subscription: details?.subscription ?? null,
      subscriptionItem: details?.subscription_item ?? null,
      invoiceItem: item.id,
      proration: item.proration,
    },
    invoice,
  )
  return { ...line, pricing: item.pricing }
}

/** A customer pays in one currency: that of the first thing they were billed for. */
function claimCurrency(books: Books, customerId: string, currency: string) {
  const customer = books.find('customers', customerId)
  if (customer.currency === currency) return customer
  return books.revise('customers', customer.id, { currency }, 'customer.updated')
}
