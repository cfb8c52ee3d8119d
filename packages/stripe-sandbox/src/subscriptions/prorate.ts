import type { Books } from '../books/books.ts'
import { buildInvoiceItem } from '../invoices/invoice-item.ts'
import { share } from '../objects/money.ts'
import { productName } from './lines.ts'
import { currentPeriod, type Subscription } from './subscription.ts'
import { periodAmount, type SubscriptionItem } from './subscription-item.ts'

export interface Change {
  subscription: Subscription
  before: SubscriptionItem[]
  after: SubscriptionItem[]
  /** Unix seconds at which the change counts. */
  at: number
}

/** Leaves pending credits for the unused time of what goes and charges for the remaining time of what comes. */
export function prorate(books: Books, { subscription, before, after, at }: Change): void {
  const period = currentPeriod(subscription)
  const moment = Math.min(Math.max(at, period.start), period.end)
  const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    moment * 1000,
  )
  const unchanged = (item: SubscriptionItem, others: SubscriptionItem[]) =>
    others.some((other) => other.id === item.id && other.price.id === item.price.id && other.quantity === item.quantity)

  const write = (item: SubscriptionItem, sign: 1 | -1) => {
    const amount = sign * share(periodAmount(item), period.end - moment, period.end - period.start)
    if (amount === 0) return
    const quantity = (item.quantity ?? 1) === 1 ? '' : `${item.quantity} × `
    const what = `${quantity}${productName(books, item)} after ${day}`
    books.record(
      'invoiceItems',
      buildInvoiceItem(
        {
          customer: subscription.customer,
          amount,
          currency: subscription.currency,
          description: sign === 1 ? `Remaining time on ${what}` : `Unused time on ${what}`,
          quantity: item.quantity ?? 1,
          period: { start: moment, end: period.end },
          price: item.price,
          metadata: subscription.metadata,
          subscription: subscription.id,
          subscriptionItem: item.id,
          proration: true,
        },
        books.now(),
      ),
      'invoiceitem.created',
    )
  }
  for (const item of before) if (!unchanged(item, after)) write(item, -1)
  for (const item of after) if (!unchanged(item, before)) write(item, 1)
}
