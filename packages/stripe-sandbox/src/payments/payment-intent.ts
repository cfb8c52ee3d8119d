import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'
import type { Metadata, Narrow } from '../objects/shape.ts'

export type PaymentIntent = Narrow<
  Stripe.PaymentIntent,
  {
    application: null
    customer: string | null
    last_payment_error: PaymentFailure | null
    latest_charge: string | null
    on_behalf_of: null
    payment_method: string | null
    review: null
    source: null
    status: 'requires_payment_method' | 'requires_confirmation' | 'succeeded' | 'canceled'
  }
>

/** Why a card said no, as it stands on the intent. */
export interface PaymentFailure {
  type: 'card_error'
  code: 'card_declined'
  decline_code: string
  message: string
  charge: string
}

export interface PaymentIntentInput {
  amount: number
  currency: string
  customer: string | null
  description: string | null
  paymentMethod: string | null
  metadata?: Metadata
}

export function buildPaymentIntent(input: PaymentIntentInput, now: number): PaymentIntent {
  const id = newId('pi')
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: input.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${id}_secret_${newId('s').slice(2)}`,
    confirmation_method: 'automatic',
    created: now,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    description: input.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: input.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: input.paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: 'off_session',
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: input.paymentMethod ? 'requires_confirmation' : 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  }
}
