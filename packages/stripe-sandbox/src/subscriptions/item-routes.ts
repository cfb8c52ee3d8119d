import { noSuch } from '../api/api-error.ts'
import { filled, flag, ignored, metadata, metadataChange, paging, positive } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import type { Books } from '../books/books.ts'
import { type ChangeInput, changeSubscription } from './change-subscription.ts'
import { prorationShape } from './read-change.ts'
import type { SubscriptionItem } from './subscription-item.ts'

const shape = { ...prorationShape, quantity: positive.optional(), payment_behavior: ignored, off_session: ignored }

export const subscriptionItemRoutes: Route[] = [
  route('GET', '/v1/subscription_items', { ...paging, subscription: filled }, ({ books, input }) => {
    const { items } = books.find('subscriptions', input.subscription, 'subscription')
    return paginate([...items.data].reverse(), items.url, input)
  }),

  route('GET', '/v1/subscription_items/:id', {}, ({ books, id }) => findItem(books, id)),

  route(
    'POST',
    '/v1/subscription_items',
    { ...shape, subscription: filled, price: filled, metadata: metadata.optional() },
    ({ books, input }) => {
      const { price, quantity, metadata: given } = input
      const before = new Set(books.find('subscriptions', input.subscription, 'subscription').items.data.map((item) => item.id))
      const after = changeSubscription(books, input.subscription, change(input, { price, quantity, metadata: given }))
      return after.items.data.find((item) => !before.has(item.id)) ?? {}
    },
  ),

  route(
    'POST',
    '/v1/subscription_items/:id',
    { ...shape, price: filled.optional(), metadata: metadataChange.optional() },
    ({ books, id, input }) => {
      const { price, quantity, metadata: given } = input
      changeSubscription(books, findItem(books, id).subscription, change(input, { id, price, quantity, metadata: given }))
      return findItem(books, id)
    },
  ),

  route('DELETE', '/v1/subscription_items/:id', { ...prorationShape, clear_usage: flag.optional() }, ({ books, id, input }) => {
    changeSubscription(books, findItem(books, id).subscription, change(input, { id, deleted: true }))
    return { id, object: 'subscription_item', deleted: true }
  }),
]

function change(
  input: { proration_behavior?: ChangeInput['prorationBehaviour']; proration_date?: number },
  item: NonNullable<ChangeInput['items']>[number],
): ChangeInput {
  return { fields: {}, items: [item], prorationBehaviour: input.proration_behavior, prorationDate: input.proration_date }
}

function findItem(books: Books, id: string): SubscriptionItem {
  for (const subscription of books.all('subscriptions')) {
    const item = subscription.items.data.find((each) => each.id === id)
    if (item) return item
  }
  throw noSuch('subscription_item', id)
}
