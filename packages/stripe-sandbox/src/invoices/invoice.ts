import type Stripe from 'stripe'
import type { Customer } from '../customers/customer.ts'
import { type List, listOf, type Metadata, type Narrow } from '../objects/shape.ts'
import type { Period } from '../subscriptions/subscription-item.ts'
import type { InvoiceLine } from './invoice-line.ts'

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'

export type Invoice = Narrow<
  Stripe.Invoice,
  {
    application: null
    auto_advance: boolean
    billing_reason: BillingReason
    collection_method: 'charge_automatically' | 'send_invoice'
    customer: string
    default_payment_method: string | null
    default_source: null
    discounts: string[]
    hosted_invoice_url: string | null
    invoice_pdf: string | null
    latest_revision: null
    lines: List<InvoiceLine>
    metadata: Metadata
    on_behalf_of: null
    status: InvoiceStatus
    test_clock: null
  }
>

export type BillingReason = 'manual' | 'subscription_create' | 'subscription_cycle' | 'subscription_update'

export interface InvoiceInput {
  id: string
  customer: Customer
  currency: string
  reason: BillingReason
  lines: InvoiceLine[]
  period: Period
  collectionMethod: Invoice['collection_method']
  defaultPaymentMethod: string | null
  description: string | null
  metadata: Metadata
  subscription: { id: string; metadata: Metadata } | null
}

/** A draft: what is due already counts the customer's balance, which is only taken when the invoice is finalized. */
export function buildInvoice(input: InvoiceInput, now: number): Invoice {
  const { customer } = input
  return {
    id: input.id,
    object: 'invoice',
    account_country: 'US',
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: input.reason,
    collection_method: input.collectionMethod,
    created: now,
    currency: input.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
    default_payment_method: input.defaultPaymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: input.description,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: listOf(input.lines, `/v1/invoices/${input.id}/lines`),
    livemode: false,
    metadata: input.metadata,
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: input.subscription && {
      quote_details: null,
      subscription_details: { metadata: input.subscription.metadata, subscription: input.subscription.id },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: input.period.end,
    period_start: input.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: null,
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
    ...amountsOf(input.lines, customer.balance),
  }
}

/** The sums of a draft: the total is the sum of its lines, and what is due is that plus the customer's balance, never below zero. */
export function amountsOf(lines: InvoiceLine[], balance: number) {
  const total = lines.reduce((sum, line) => sum + line.amount, 0)
  const due = Math.max(0, total + balance)
  return {
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
    starting_balance: balance,
    amount_due: due,
    amount_remaining: due,
  }
}

export function subscriptionOf(invoice: Invoice): string | null {
  const subscription = invoice.parent?.subscription_details?.subscription
  return typeof subscription === 'string' ? subscription : null
}
