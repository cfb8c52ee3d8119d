import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'
import type { Metadata, Narrow } from '../objects/shape.ts'

export type CheckoutSession = Narrow<
  Omit<Stripe.Checkout.Session, 'line_items'>,
  {
    customer: string | null
    currency_conversion: null
    invoice: string | null
    metadata: Metadata
    mode: 'subscription' | 'payment'
    payment_intent: string | null
    payment_link: null
    payment_status: 'unpaid' | 'paid' | 'no_payment_required'
    setup_intent: null
    status: 'open' | 'complete' | 'expired'
    subscription: string | null
  }
>

export interface SessionInput {
  mode: CheckoutSession['mode']
  amount: number
  currency: string
  customer: string | null
  customerEmail: string | null
  clientReferenceId: string | null
  metadata: Metadata
  successUrl: string
  cancelUrl: string | null
  expiresAt: number
  locale: Stripe.Checkout.Session.Locale | null
  allowPromotionCodes: boolean | null
  link: (id: string) => string
}

export function buildSession(input: SessionInput, now: number): CheckoutSession {
  const id = newId('cs_test', 58)
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: input.allowPromotionCodes,
    amount_subtotal: input.amount,
    amount_total: input.amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: input.cancelUrl,
    client_reference_id: input.clientReferenceId,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: input.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: input.customer,
    customer_account: null,
    customer_creation: input.mode === 'payment' ? 'always' : null,
    customer_details: null,
    customer_email: input.customerEmail,
    discounts: [],
    expires_at: input.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: input.locale,
    managed_payments: { enabled: false },
    metadata: input.metadata,
    mode: input.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'always',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: input.successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: input.link(id),
    wallet_options: null,
  }
}

/** What the session will start once it is paid: asked for at creation and not part of Stripe's own object. */
export interface CheckoutOrder {
  /** The session's id. */
  id: string
  lines: { id: string; price: string; quantity: number }[]
  trialEnd: number | null
  trialDays: number | null
  subscriptionMetadata: Metadata
  subscriptionDescription: string | null
  paymentMetadata: Metadata
}
