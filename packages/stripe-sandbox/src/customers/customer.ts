import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'
import type { Metadata, Narrow } from '../objects/shape.ts'

export interface CustomerInvoiceSettings {
  custom_fields: null
  default_payment_method: string | null
  footer: string | null
  rendering_options: null
}

export type Customer = Narrow<
  Stripe.Customer,
  {
    default_source: null
    discount: null
    invoice_prefix: string
    invoice_settings: CustomerInvoiceSettings
    name: string | null
    next_invoice_sequence: number
    test_clock: null
  }
>

export interface Address {
  city: string | null
  country: string | null
  line1: string | null
  line2: string | null
  postal_code: string | null
  state: string | null
}

export interface CustomerInput {
  email?: string | null
  name?: string | null
  phone?: string | null
  description?: string | null
  metadata?: Metadata
  address?: Address | null
  balance?: number
  preferred_locales?: string[]
  tax_exempt?: 'none' | 'exempt' | 'reverse'
  default_payment_method?: string | null
}

export function buildCustomer(input: CustomerInput, now: number): Customer {
  return {
    id: newId('cus', 14),
    object: 'customer',
    address: input.address ?? null,
    balance: input.balance ?? 0,
    created: now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: input.description || null,
    discount: null,
    email: input.email || null,
    invoice_prefix: newId('x', 8).slice(2).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: input.default_payment_method ?? null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: input.metadata ?? {},
    name: input.name || null,
    next_invoice_sequence: 1,
    phone: input.phone || null,
    preferred_locales: input.preferred_locales ?? [],
    shipping: null,
    tax_exempt: input.tax_exempt ?? 'none',
    test_clock: null,
  }
}

/** What is left of a deleted customer: enough for Stripe to answer about it. */
export interface DeletedCustomer {
  id: string
  object: 'customer'
  deleted: true
}
