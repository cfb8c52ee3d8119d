import type Stripe from 'stripe'
import type { PaymentMethod } from '../customers/payment-method.ts'
import { newId } from '../objects/new-id.ts'
import type { Narrow } from '../objects/shape.ts'
import type { PaymentIntent } from './payment-intent.ts'

export type Charge = Narrow<
  Omit<Stripe.Charge, 'refunds' | 'transfer'>,
  {
    application: null
    application_fee: null
    balance_transaction: string | null
    customer: string | null
    failure_balance_transaction: null
    on_behalf_of: null
    payment_intent: string
    payment_method_details: CardDetails
    review: null
    source: null
    source_transfer: null
    status: 'succeeded' | 'failed'
  }
>

interface CardDetails {
  card: Pick<Stripe.PaymentMethod.Card, 'brand' | 'country' | 'exp_month' | 'exp_year' | 'fingerprint' | 'funding' | 'last4'> & {
    network: string
  }
  type: 'card'
}

/** The trace of one attempt to take money; `declineCode` null means it succeeded. */
export function buildCharge(intent: PaymentIntent, method: PaymentMethod, declineCode: string | null, now: number): Charge {
  const paid = declineCode === null
  const { brand, country, exp_month, exp_year, fingerprint, funding, last4 } = method.card
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: paid ? newId('txn') : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'SANDBOX',
    captured: paid,
    created: now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: paid ? null : 'card_declined',
    failure_message: paid ? null : declineMessage(declineCode),
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: {
      advice_code: paid ? null : 'try_again_later',
      network_advice_code: null,
      network_decline_code: null,
      network_status: paid ? 'approved_by_network' : 'declined_by_network',
      reason: declineCode,
      risk_level: 'normal',
      seller_message: paid ? 'Payment complete.' : 'The bank declined the payment.',
      type: paid ? 'authorized' : 'issuer_declined',
    },
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      card: { brand, country, exp_month, exp_year, fingerprint, funding, last4, network: brand },
      type: 'card',
    },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  }
}

export function declineMessage(declineCode: string): string {
  if (declineCode === 'insufficient_funds') return 'Your card has insufficient funds.'
  if (declineCode === 'expired_card') return 'Your card has expired.'
  return 'Your card was declined.'
}
