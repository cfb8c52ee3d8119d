import type { StoredAnswer } from '../api/idempotency.ts'
import type { Price } from '../catalog/price.ts'
import type { Product } from '../catalog/product.ts'
import type { CheckoutOrder, CheckoutSession } from '../checkout/session.ts'
import type { Customer, DeletedCustomer } from '../customers/customer.ts'
import type { PaymentMethod } from '../customers/payment-method.ts'
import type { Invoice } from '../invoices/invoice.ts'
import type { InvoiceItem } from '../invoices/invoice-item.ts'
import type { InvoicePayment } from '../invoices/invoice-payment.ts'
import type { Meter, MeterEvent } from '../meters/meter.ts'
import type { Charge } from '../payments/charge.ts'
import type { PaymentIntent } from '../payments/payment-intent.ts'
import type { PaymentOutcome } from '../payments/payment-outcome.ts'
import type { Refund } from '../payments/refund-object.ts'
import type { PortalSession } from '../portal/portal-session.ts'
import type { Subscription } from '../subscriptions/subscription.ts'
import type { Delivery } from '../webhooks/delivery.ts'
import type { WebhookEndpoint } from '../webhooks/endpoint.ts'
import type { SandboxEvent } from '../webhooks/event.ts'

/** Everything the sandbox knows. Rows are never changed in place, so an event may hold the very row it speaks of. */
export interface Tables {
  customers: Customer
  deletedCustomers: DeletedCustomer
  paymentMethods: PaymentMethod
  paymentOutcomes: PaymentOutcome
  products: Product
  prices: Price
  checkoutSessions: CheckoutSession
  checkoutOrders: CheckoutOrder
  subscriptions: Subscription
  invoices: Invoice
  invoiceItems: InvoiceItem
  invoicePayments: InvoicePayment
  paymentIntents: PaymentIntent
  charges: Charge
  refunds: Refund
  portalSessions: PortalSession
  meters: Meter
  meterEvents: MeterEvent
  reminders: { id: string }
  events: SandboxEvent
  webhookEndpoints: WebhookEndpoint
  deliveries: Delivery
  answers: StoredAnswer
}

export type TableName = keyof Tables

/** Each table with the noun Stripe uses when a row is missing. */
export const nouns: Record<TableName, string> = {
  customers: 'customer',
  deletedCustomers: 'customer',
  paymentMethods: 'PaymentMethod',
  paymentOutcomes: 'payment outcome',
  products: 'product',
  prices: 'price',
  checkoutSessions: 'checkout.session',
  checkoutOrders: 'checkout order',
  subscriptions: 'subscription',
  invoices: 'invoice',
  invoiceItems: 'invoiceitem',
  invoicePayments: 'invoice_payment',
  paymentIntents: 'payment_intent',
  charges: 'charge',
  refunds: 'refund',
  portalSessions: 'billing_portal.session',
  meters: 'meter',
  meterEvents: 'meter event',
  reminders: 'reminder',
  events: 'event',
  webhookEndpoints: 'webhook endpoint',
  deliveries: 'delivery',
  answers: 'answer',
}

export const tableNames = Object.keys(nouns) as TableName[]
