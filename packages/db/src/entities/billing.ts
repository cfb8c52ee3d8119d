import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, quantity, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

const CustomerSchema = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    stripeCustomerId: text().unique(),
    currency: text().nullable(),
    createdAt: instant().defaultRaw('now()'),
  },
})
export class Customer extends CustomerSchema.class {}
CustomerSchema.setClass(Customer)

/** Which price of the payment provider stands for a plan version there. */
const ProviderPriceSchema = defineEntity({
  name: 'ProviderPrice',
  tableName: 'provider_price',
  properties: {
    planVersionId: id().primary(),
    provider: text().primary(),
    priceId: text().unique(),
    productId: text(),
    createdAt: instant().defaultRaw('now()'),
  },
})
export class ProviderPrice extends ProviderPriceSchema.class {}
ProviderPriceSchema.setClass(ProviderPrice)

/** Our projection of the provider's subscription. Access is derived from it, never stored in it. */
const SubscriptionSchema = defineEntity({
  name: 'Subscription',
  tableName: 'subscription',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    stripeSubscriptionId: text().unique(),
    customerId: text(),
    planKey: text(),
    planVersionId: text(),
    status: text(),
    currentPeriodStart: instant().nullable(),
    currentPeriodEnd: instant().nullable(),
    cancelAtPeriodEnd: p.boolean().default(false),
    pastDueAt: instant().nullable(),
    endedAt: instant().nullable(),
    providerCreatedAt: instant(),
    /** When the provider was asked for the state this row holds. */
    fetchedAt: instant(),
    createdAt: instant().defaultRaw('now()'),
  },
})
export class Subscription extends SubscriptionSchema.class {}
SubscriptionSchema.setClass(Subscription)

/** What happened to a subscription: append-only. */
const SubscriptionEventSchema = defineEntity({
  name: 'SubscriptionEvent',
  tableName: 'subscription_event',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    id: p.bigint('number').primary().defaultRaw("nextval('subscription_event_id')"),
    subscriptionId: text(),
    type: text(),
    before: p.json<Record<string, unknown>>().nullable(),
    after: p.json<Record<string, unknown>>(),
    source: text(),
    stripeEventId: text().nullable(),
    recordedAt: instant(),
  },
})
export class SubscriptionEvent extends SubscriptionEventSchema.class {}
SubscriptionEventSchema.setClass(SubscriptionEvent)

const InvoiceSchema = defineEntity({
  name: 'Invoice',
  tableName: 'invoice',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    stripeInvoiceId: text().unique(),
    number: text().nullable(),
    status: text(),
    currency: text(),
    totalMinor: quantity(),
    paidMinor: quantity(),
    hostedUrl: text().nullable(),
    pdfUrl: text().nullable(),
    createdAt: instant(),
    fetchedAt: instant(),
  },
})
export class Invoice extends InvoiceSchema.class {}
InvoiceSchema.setClass(Invoice)

/** An event as the provider sent it, stored before it is acknowledged, once. */
const StripeEventSchema = defineEntity({
  name: 'StripeEvent',
  tableName: 'stripe_event',
  indexes: [{ properties: ['state', 'receivedAt'] }],
  properties: {
    id: text().primary(),
    type: text(),
    livemode: p.boolean(),
    payload: p.json<Record<string, unknown>>(),
    state: text().default('received'),
    attempts: p.integer().default(0),
    error: text().nullable(),
    receivedAt: instant(),
    handledAt: instant().nullable(),
  },
})
export class StripeEvent extends StripeEventSchema.class {}
StripeEventSchema.setClass(StripeEvent)

export const billingEntities = [Customer, ProviderPrice, Subscription, SubscriptionEvent, Invoice, StripeEvent]
