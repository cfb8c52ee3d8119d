import { noSuch, refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { planOf } from '../catalog/plan.ts'
import { mergeMetadata } from '../objects/metadata.ts'
import type { Metadata } from '../objects/shape.ts'
import { assertTogether, recurringPrice } from './resolve-items.ts'
import { currentPeriod, type Subscription } from './subscription.ts'
import { buildItem, type SubscriptionItem } from './subscription-item.ts'

export interface ItemChange {
  id?: string
  price?: string
  quantity?: number
  deleted?: boolean
  metadata?: Metadata | ''
}

/** The items after the changes: those named by id are altered or removed, those without one are added, the rest stay. */
export function nextItems(books: Books, subscription: Subscription, changes: ItemChange[]): SubscriptionItem[] {
  const items = new Map(subscription.items.data.map((item) => [item.id, item]))
  changes.forEach((change, index) => {
    const param = `items[${index}]`
    if (change.id === undefined) {
      if (change.price === undefined)
        throw refused(`Missing required param: ${param}[price].`, { code: 'parameter_missing', param })
      const added = { price: recurringPrice(books, change.price, `${param}[price]`), quantity: change.quantity }
      const metadata = mergeMetadata({}, change.metadata)
      const item = buildItem({ ...added, metadata }, subscription.id, currentPeriod(subscription), books.now())
      items.set(item.id, item)
      return
    }
    const current = items.get(change.id)
    if (!current) throw noSuch('subscription item', change.id, `${param}[id]`)
    if (change.deleted) items.delete(change.id)
    else items.set(change.id, altered(books, current, change, param))
  })
  const after = [...items.values()]
  assertTogether(after)
  const [first] = after
  if (first && first.price.currency !== subscription.currency) {
    throw refused(`The price must be in the subscription's currency, ${subscription.currency}.`, { param: 'items' })
  }
  return after
}

function altered(books: Books, item: SubscriptionItem, change: ItemChange, param: string): SubscriptionItem {
  const price = change.price === undefined ? item.price : recurringPrice(books, change.price, `${param}[price]`)
  const metered = price.recurring.usage_type === 'metered'
  const { quantity: before, ...rest } = item
  return {
    ...rest,
    price,
    plan: planOf(price),
    metadata: mergeMetadata(item.metadata, change.metadata),
    ...(metered ? {} : { quantity: change.quantity ?? before ?? 1 }),
  }
}
