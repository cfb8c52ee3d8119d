import type { Books } from '../books/books.ts'
import type { LineInput } from '../invoices/invoice-line.ts'
import { aggregate } from '../meters/aggregate.ts'
import { formatMoney } from '../objects/money.ts'
import type { Subscription } from './subscription.ts'
import { type Period, periodAmount, type SubscriptionItem } from './subscription-item.ts'

/** What the coming period costs in advance. */
export function periodLines(books: Books, subscription: Subscription, period: Period): LineInput[] {
  return subscription.items.data
    .filter((item) => item.price.recurring.usage_type === 'licensed')
    .map((item) => ({
      ...base(subscription, item, period),
      amount: periodAmount(item),
      quantity: item.quantity ?? 1,
      description: `${item.quantity ?? 1} × ${productName(books, item)} (at ${pricePerPeriod(item)})`,
    }))
}

/** A trial bills nothing, and says so in a line for each item. */
export function trialLines(books: Books, subscription: Subscription, period: Period): LineInput[] {
  return subscription.items.data.map((item) => ({
    ...base(subscription, item, period),
    amount: 0,
    quantity: item.quantity ?? 1,
    description: `Trial period for ${productName(books, item)}`,
  }))
}

/** What was used of metered items in the period that has just ended. */
export function usageLines(books: Books, subscription: Subscription, period: Period): LineInput[] {
  return subscription.items.data.flatMap((item) => {
    const meterId = item.price.recurring.meter
    if (item.price.recurring.usage_type !== 'metered' || meterId === null) return []
    const quantity = aggregate(books, books.find('meters', meterId), subscription.customer, period.start, period.end)
    return {
      ...base(subscription, item, period),
      amount: Math.round(quantity * (item.price.unit_amount ?? 0)),
      quantity: Math.trunc(quantity),
      description: `${quantity} × ${productName(books, item)} (at ${pricePerPeriod(item)})`,
    }
  })
}

export function productName(books: Books, item: { price: { product: string } }): string {
  return books.get('products', item.price.product)?.name ?? item.price.product
}

function base(subscription: Subscription, item: SubscriptionItem, period: Period) {
  return {
    currency: subscription.currency,
    period,
    price: item.price,
    metadata: subscription.metadata,
    subscription: subscription.id,
    subscriptionItem: item.id,
  }
}

function pricePerPeriod(item: SubscriptionItem): string {
  const { interval, interval_count } = item.price.recurring
  const every = interval_count === 1 ? interval : `${interval_count} ${interval}s`
  return `${formatMoney(item.price.unit_amount ?? 0, item.price.currency)} / ${every}`
}
