import type Stripe from 'stripe'
import { type Plan, planOf } from '../catalog/plan.ts'
import type { Price, Recurring } from '../catalog/price.ts'
import { newId } from '../objects/new-id.ts'
import type { Metadata, Narrow } from '../objects/shape.ts'

export type RecurringPrice = Price & { recurring: Recurring }

export type SubscriptionItem = Narrow<Stripe.SubscriptionItem, { discounts: string[]; plan: Plan; price: RecurringPrice }>

export interface ItemInput {
  price: RecurringPrice
  quantity?: number
  metadata?: Metadata
}

export interface Period {
  start: number
  end: number
}

export function buildItem(input: ItemInput, subscription: string, period: Period, now: number): SubscriptionItem {
  return {
    id: newId('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: period.end,
    current_period_start: period.start,
    discounts: [],
    metadata: input.metadata ?? {},
    plan: planOf(input.price),
    price: input.price,
    // Metered items have no quantity: what was used is what is billed.
    ...(input.price.recurring.usage_type === 'licensed' ? { quantity: input.quantity ?? 1 } : {}),
    subscription,
    tax_rates: [],
  }
}

/** What one full period of the item costs in advance; metered items cost nothing until they are used. */
export function periodAmount(item: { price: Price; quantity?: number }): number {
  if (item.price.recurring?.usage_type === 'metered') return 0
  return (item.price.unit_amount ?? 0) * (item.quantity ?? 1)
}
