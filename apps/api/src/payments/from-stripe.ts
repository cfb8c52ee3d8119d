import type Stripe from 'stripe'
import type { EventSubject, ProviderCheckout, ProviderInvoice, ProviderSubscription } from '../kernel/ports/payments.ts'

export function toSubscription(subscription: Stripe.Subscription): ProviderSubscription {
  const [item] = subscription.items.data
  if (!item) throw new Error(`The subscription ${subscription.id} has no items at the provider, so it is of no plan.`)
  return {
    id: subscription.id,
    customerId: idOf(subscription.customer),
    status: subscription.status,
    priceId: item.price.id,
    currentPeriodStart: toDate(item.current_period_start),
    currentPeriodEnd: toDate(item.current_period_end),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    endedAt: toDate(subscription.ended_at),
    createdAt: new Date(subscription.created * 1000),
  }
}

export function toInvoice(invoice: Stripe.Invoice): ProviderInvoice | null {
  const subscription = invoice.parent?.subscription_details?.subscription
  if (!invoice.id || !invoice.customer || !invoice.status) return null
  return {
    id: invoice.id,
    customerId: idOf(invoice.customer),
    subscriptionId: subscription ? idOf(subscription) : null,
    number: invoice.number,
    status: invoice.status,
    currency: invoice.currency,
    totalMinor: invoice.total,
    paidMinor: invoice.amount_paid,
    hostedUrl: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
    createdAt: new Date(invoice.created * 1000),
  }
}

const checkoutStatuses = ['open', 'complete', 'expired'] as const

export function toCheckout(session: Stripe.Checkout.Session): ProviderCheckout {
  return {
    id: session.id,
    status: checkoutStatuses.find((status) => status === session.status) ?? 'open',
    url: session.url,
    customerId: session.customer ? idOf(session.customer) : null,
    subscriptionId: session.subscription ? idOf(session.subscription) : null,
    expiresAt: new Date(session.expires_at * 1000),
  }
}

const subjects: Record<string, EventSubject['kind']> = {
  subscription: 'subscription',
  invoice: 'invoice',
  'checkout.session': 'checkout',
}

/** What of ours an event speaks of. Only the id is taken from it: an event is a picture of the past. */
export function subjectOf({ data }: Stripe.Event): EventSubject | null {
  const object = data.object as { object?: unknown; id?: unknown }
  const kind = typeof object.object === 'string' ? subjects[object.object] : undefined
  return kind && typeof object.id === 'string' ? { kind, id: object.id } : null
}

function idOf(reference: string | { id: string }): string {
  return typeof reference === 'string' ? reference : reference.id
}

function toDate(seconds: number | null | undefined): Date | null {
  return seconds === null || seconds === undefined ? null : new Date(seconds * 1000)
}
