import type Stripe from 'stripe'
import type { Metadata, Narrow } from '../objects/shape.ts'
import type { Interval } from '../time/calendar.ts'

export interface Recurring extends Interval {
  meter: string | null
  trial_period_days: number | null
  usage_type: 'licensed' | 'metered'
}

export type Price = Narrow<
  Stripe.Price,
  { product: string; recurring: Recurring | null; unit_amount: number | null; unit_amount_decimal: string | null }
>

export interface PriceInput {
  id: string
  product: string
  currency: string
  unit_amount: number
  recurring?: Partial<Recurring> & Pick<Recurring, 'interval'>
  active?: boolean
  lookup_key?: string | null
  nickname?: string | null
  metadata?: Metadata
  tax_behavior?: 'exclusive' | 'inclusive' | 'unspecified'
}

export function buildPrice(input: PriceInput, now: number): Price {
  return {
    id: input.id,
    object: 'price',
    active: input.active ?? true,
    billing_scheme: 'per_unit',
    created: now,
    currency: input.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: input.lookup_key || null,
    metadata: input.metadata ?? {},
    nickname: input.nickname || null,
    product: input.product,
    recurring: input.recurring
      ? {
          interval: input.recurring.interval,
          interval_count: input.recurring.interval_count ?? 1,
          meter: input.recurring.meter ?? null,
          trial_period_days: input.recurring.trial_period_days ?? null,
          usage_type: input.recurring.usage_type ?? 'licensed',
        }
      : null,
    tax_behavior: input.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: input.recurring ? 'recurring' : 'one_time',
    unit_amount: input.unit_amount,
    unit_amount_decimal: String(input.unit_amount),
  }
}
