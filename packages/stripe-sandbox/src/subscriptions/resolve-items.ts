import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import type { Metadata } from '../objects/shape.ts'
import type { ItemInput, RecurringPrice } from './subscription-item.ts'

export interface RequestedItem {
  price: string
  quantity?: number
  metadata?: Metadata
}

/** The price with this id, if it can be subscribed to. */
export function recurringPrice(books: Books, id: string, param: string): RecurringPrice {
  const price = books.find('prices', id, param)
  if (!price.active) throw refused(`The price specified is inactive. This field only accepts active prices.`, { param })
  if (!price.recurring) {
    throw refused('The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.', {
      param,
    })
  }
  return price as RecurringPrice
}

export function resolveItems(books: Books, requested: RequestedItem[]): ItemInput[] {
  const items = requested.map((item, index) => ({
    price: recurringPrice(books, item.price, `items[${index}][price]`),
    quantity: item.quantity,
    metadata: item.metadata,
  }))
  assertTogether(items)
  return items
}

/** Items of one subscription share a currency and an interval, and each price appears once. */
export function assertTogether(items: { price: RecurringPrice; quantity?: number }[]): void {
  const [first, ...others] = items
  if (!first) throw refused('A subscription must have at least one item.', { param: 'items' })
  for (const { price } of others) {
    if (price.currency !== first.price.currency) {
      throw refused('All prices on a subscription must have the same `currency`.', { param: 'items' })
    }
    const { interval, interval_count } = price.recurring
    if (interval !== first.price.recurring.interval || interval_count !== first.price.recurring.interval_count) {
      throw refused(
        'The sandbox bills all prices of a subscription at the same interval. Use one subscription for each `recurring.interval`.',
        { param: 'items' },
      )
    }
  }
  if (new Set(items.map(({ price }) => price.id)).size !== items.length) {
    throw refused('Subscription cannot contain multiple subscription items with the same price.', { param: 'items' })
  }
}
