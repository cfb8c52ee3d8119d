import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, quantity, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

/**
 * The number of the fetch a projection was written from, drawn from one sequence before the provider is asked: of two answers,
 * the one with the higher number saw the later state, whichever arrives first, on whichever node.
 */
const fetchNumber = () => p.bigint('number')

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

/** A checkout that was opened at the provider, so that asking again finds it and a lost webhook is noticed. */
const CheckoutSchema = defineEntity({
  name: 'Checkout',
  tableName: 'checkout',
  ...tenantWall(),
  indexes: [{ properties: ['state', 'createdAt'] }],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    stripeSessionId: text().unique(),
    planVersionId: text(),
    state: text().default('open'),
    expiresAt: instant(),
    createdAt: instant(),
  },
})
export class Checkout extends CheckoutSchema.class {}
CheckoutSchema.setClass(Checkout)

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
    /** A later subscription of the tenant took its place, so the provider is being asked to end it. */
    superseded: p.boolean().default(false),
    providerCreatedAt: instant(),
    /** When the provider was asked for the state this row holds. */
    fetchedAt: instant(),
    fetchNumber: fetchNumber(),
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
    id: p.bigint('number').primary().defaultRaw("nextval('subscription_event_id')").ignoreSchemaChanges('default'),
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
  indexes: [{ properties: ['tenantId', 'createdAt'] }],
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
    fetchNumber: fetchNumber(),
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

export const billingEntities = [Customer, ProviderPrice, Checkout, Subscription, SubscriptionEvent, Invoice, StripeEvent]
