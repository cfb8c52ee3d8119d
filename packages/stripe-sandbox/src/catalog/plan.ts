import type Stripe from 'stripe'
import type { Narrow } from '../objects/shape.ts'
import type { Price } from './price.ts'

export type Plan = Narrow<Stripe.Plan, { product: string; amount_decimal: string | null }>

/** The older object Stripe still sends beside a recurring price. */
export function planOf(price: Price): Plan {
  if (!price.recurring) throw new Error(`Price ${price.id} does not recur, so it has no plan.`)
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme as Plan['billing_scheme'],
    created: price.created,
    currency: price.currency,
    interval: price.recurring.interval,
    interval_count: price.recurring.interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring.meter,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: price.recurring.usage_type,
  }
}
