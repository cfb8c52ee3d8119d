import type Stripe from 'stripe'
import type { Price } from '../catalog/price.ts'
import { newId } from '../objects/new-id.ts'
import type { Metadata, Narrow } from '../objects/shape.ts'
import type { Period } from '../subscriptions/subscription-item.ts'

export type InvoiceLine = Narrow<
  Stripe.InvoiceLineItem,
  { discounts: string[]; pricing: LinePricing | null; quantity_decimal: string | null; subscription: string | null }
>

export interface LinePricing {
  price_details: { price: string; product: string }
  type: 'price_details'
  unit_amount_decimal: string | null
}

export interface LineInput {
  amount: number
  currency: string
  description: string
  period: Period
  quantity: number
  price: Price | null
  metadata?: Metadata
  subscription: string | null
  subscriptionItem: string | null
  /** Set where the line comes from a pending invoice item. */
  invoiceItem?: string
  proration?: boolean
}

export function buildLine(input: LineInput, invoice: string): InvoiceLine {
  return {
    id: newId('il'),
    object: 'line_item',
    amount: input.amount,
    currency: input.currency,
    description: input.description,
    discount_amounts: [],
    discountable: !input.proration,
    discounts: [],
    invoice,
    livemode: false,
    metadata: input.metadata ?? {},
    parent: parentOf(input),
    period: input.period,
    pretax_credit_amounts: [],
    pricing: input.price && pricingOf(input.price),
    quantity: input.quantity,
    quantity_decimal: String(input.quantity),
    subscription: input.subscription,
    subtotal: input.amount,
    taxes: [],
  }
}

export function pricingOf(price: Price): LinePricing {
  return {
    price_details: { price: price.id, product: price.product },
    type: 'price_details',
    unit_amount_decimal: price.unit_amount_decimal,
  }
}

function parentOf(input: LineInput): InvoiceLine['parent'] {
  const proration = { proration: input.proration ?? false, proration_details: { credited_items: null } }
  if (input.subscriptionItem !== null) {
    return {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: input.invoiceItem ?? null,
        ...proration,
        subscription: input.subscription,
        subscription_item: input.subscriptionItem,
      },
      type: 'subscription_item_details',
    }
  }
  return {
    invoice_item_details: { invoice_item: input.invoiceItem ?? newId('ii'), ...proration, subscription: input.subscription },
    subscription_item_details: null,
    type: 'invoice_item_details',
  }
}
