import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'
import { type List, listOf, type Metadata, type Narrow } from '../objects/shape.ts'
import { buildItem, type ItemInput, type Period, type SubscriptionItem } from './subscription-item.ts'

export type SubscriptionStatus = 'incomplete' | 'incomplete_expired' | 'trialing' | 'active' | 'past_due' | 'unpaid' | 'canceled'

export type Subscription = Narrow<
  Stripe.Subscription,
  {
    application: null
    cancellation_details: CancellationDetails
    collection_method: 'charge_automatically' | 'send_invoice'
    customer: string
    default_payment_method: string | null
    default_source: null
    discounts: string[]
    items: List<SubscriptionItem>
    latest_invoice: string | null
    on_behalf_of: null
    pending_setup_intent: null
    schedule: null
    status: SubscriptionStatus
    test_clock: null
    trial_settings: { end_behavior: { missing_payment_method: 'create_invoice' | 'cancel' } }
  }
>

export interface CancellationDetails {
  comment: string | null
  feedback: Stripe.Subscription.CancellationDetails.Feedback | null
  feedback_option: string | null
  reason: Stripe.Subscription.CancellationDetails.Reason | null
}

export interface SubscriptionInput {
  customer: string
  currency: string
  items: ItemInput[]
  status: SubscriptionStatus
  period: Period
  billingCycleAnchor: number
  trial: Period | null
  latestInvoice: string
  collectionMethod: Subscription['collection_method']
  daysUntilDue: number | null
  defaultPaymentMethod: string | null
  description: string | null
  metadata: Metadata
  missingPaymentMethod: 'create_invoice' | 'cancel'
}

export function buildSubscription(input: SubscriptionInput, now: number): Subscription {
  const id = newId('sub')
  const items = input.items.map((item) => buildItem(item, id, input.period, now))
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: input.billingCycleAnchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: input.collectionMethod,
    created: now,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    days_until_due: input.daysUntilDue,
    default_payment_method: input.defaultPaymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: input.description,
    discounts: [],
    ended_at: null,
    invoice_settings: { account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: { type: 'self' } },
    items: itemList(id, items),
    latest_invoice: input.latestInvoice,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: input.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: input.status,
    test_clock: null,
    transfer_data: null,
    trial_end: input.trial?.end ?? null,
    trial_settings: { end_behavior: { missing_payment_method: input.missingPaymentMethod } },
    trial_start: input.trial?.start ?? null,
  }
}

export function itemList(subscription: string, items: SubscriptionItem[]): List<SubscriptionItem> {
  return listOf(items, `/v1/subscription_items?subscription=${subscription}`)
}

/** All items of a subscription share one period here, so the first speaks for all. */
export function currentPeriod(subscription: Subscription): Period {
  const [first] = subscription.items.data
  if (!first) throw new Error(`Subscription ${subscription.id} has no items.`)
  return { start: first.current_period_start, end: first.current_period_end }
}

export function hasEnded(subscription: Subscription): boolean {
  return subscription.status === 'canceled' || subscription.status === 'incomplete_expired'
}
