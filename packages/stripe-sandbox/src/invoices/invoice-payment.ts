import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'
import type { Narrow } from '../objects/shape.ts'

/** The link between an invoice and the payment intent that pays it. */
export type InvoicePayment = Narrow<
  Stripe.InvoicePayment,
  { invoice: string; payment: { payment_intent: string; type: 'payment_intent' }; status: 'open' | 'paid' | 'canceled' }
>

export function buildInvoicePayment(
  invoice: { id: string; amount_due: number; currency: string },
  intent: string,
  now: number,
): InvoicePayment {
  return {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
}
