import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'
import type { Metadata, Narrow } from '../objects/shape.ts'
import type { Charge } from './charge.ts'

export type Refund = Narrow<
  Omit<Stripe.Refund, 'failure_balance_transaction'>,
  {
    balance_transaction: string | null
    charge: string
    customer: string | null
    payment_intent: string
    payment_method: string | null
    source_transfer_reversal: null
    transfer_reversal: null
  }
>

export function buildRefund(
  charge: Charge,
  amount: number,
  reason: Stripe.Refund.Reason | null,
  metadata: Metadata,
  now: number,
): Refund {
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: newId('txn'),
    charge: charge.id,
    created: now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
}
