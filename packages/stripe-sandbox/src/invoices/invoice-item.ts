import type Stripe from 'stripe'
import type { Price } from '../catalog/price.ts'
import { newId } from '../objects/new-id.ts'
import type { Metadata, Narrow } from '../objects/shape.ts'
import type { Period } from '../subscriptions/subscription-item.ts'
import { type LinePricing, pricingOf } from './invoice-line.ts'

/** A charge or credit that waits for the customer's next invoice. */
export type InvoiceItem = Narrow<
  Stripe.InvoiceItem,
  {
    customer: string
    discounts: string[]
    invoice: string | null
    metadata: Metadata
    pricing: LinePricing | null
    quantity_decimal: string
    test_clock: null
  }
>

export interface InvoiceItemInput {
  customer: string
  amount: number
  currency: string
  description: string | null
  quantity: number
  period: Period
  price: Price | null
  metadata?: Metadata
  subscription: string | null
  subscriptionItem?: string
  proration: boolean
  /** The draft invoice it goes on at once; absent, it waits for the next one. */
  invoice?: string
}

export function buildInvoiceItem(input: InvoiceItemInput, now: number): InvoiceItem {
  const item = input.subscriptionItem === undefined ? {} : { subscription_item: input.subscriptionItem }
  return {
    id: newId('ii'),
    object: 'invoiceitem',
    amount: input.amount,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    date: now,
    description: input.description,
    discountable: !input.proration,
    discounts: [],
    invoice: input.invoice ?? null,
    livemode: false,
    metadata: input.metadata ?? {},
    net_amount: input.amount,
    parent: input.subscription
      ? { subscription_details: { subscription: input.subscription, ...item }, type: 'subscription_details' }
      : null,
    period: input.period,
    pricing: input.price && pricingOf(input.price),
    proration: input.proration,
    quantity: input.quantity,
    quantity_decimal: String(input.quantity),
    tax_rates: [],
    test_clock: null,
  }
}
