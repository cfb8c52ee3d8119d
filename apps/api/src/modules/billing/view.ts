import type { Invoice, Subscription } from '@tollkeeper/db'
import type { CurrentSubscription, InvoiceView, SubscriptionStatus } from '@tollkeeper/shared'

interface Priced {
  priceMinor?: number | null
  currency?: string | null
}

export function toCurrentSubscription(
  plan: { key: string; name: string },
  subscription: Subscription | null,
  { priceMinor, currency }: Priced,
): CurrentSubscription {
  return {
    plan: plan.key,
    planName: plan.name,
    status: (subscription?.status as SubscriptionStatus | undefined) ?? 'none',
    price: typeof priceMinor === 'number' && currency ? { amountMinor: priceMinor, currency } : null,
    currentPeriodStart: subscription?.currentPeriodStart?.toISOString() ?? null,
    currentPeriodEnd: subscription?.currentPeriodEnd?.toISOString() ?? null,
    cancelAtPeriodEnd: subscription?.cancelAtPeriodEnd ?? false,
    id: subscription?.id ?? null,
  }
}

export function toInvoiceView(invoice: Invoice): InvoiceView {
  return {
    id: invoice.id,
    number: invoice.number ?? null,
    status: invoice.status as InvoiceView['status'],
    total: { amountMinor: invoice.totalMinor, currency: invoice.currency },
    amountPaid: { amountMinor: invoice.paidMinor, currency: invoice.currency },
    createdAt: invoice.createdAt.toISOString(),
    hostedUrl: invoice.hostedUrl ?? null,
    pdfUrl: invoice.pdfUrl ?? null,
  }
}
