import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'
import type { Narrow } from '../objects/shape.ts'
import type { TestCard } from './test-cards.ts'

export type PaymentMethod = Narrow<
  Pick<
    Stripe.PaymentMethod,
    'id' | 'object' | 'allow_redisplay' | 'billing_details' | 'created' | 'customer_account' | 'livemode' | 'metadata' | 'type'
  >,
  { card: Stripe.PaymentMethod.Card; customer: string | null }
>

export interface Payer {
  email: string | null
  name: string | null
}

export function buildPaymentMethod(card: TestCard, payer: Payer, customer: string | null, now: number): PaymentMethod {
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: payer.email, name: payer.name, phone: null, tax_id: null },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: card.brand,
      exp_month: 12,
      exp_year: new Date(now * 1000).getUTCFullYear() + 4,
      fingerprint: `sandbox${card.number.slice(-8)}`,
      funding: 'credit',
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: now,
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  }
}
