import { z } from 'zod'
import { created, currency, flag, metadataChange, paging, text, within } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import type { Books } from '../books/books.ts'
import { mergeMetadata } from '../objects/metadata.ts'
import { itemList } from '../subscriptions/subscription.ts'
import type { RecurringPrice } from '../subscriptions/subscription-item.ts'
import { claimLookupKey, createPrice, priceShape } from './create-price.ts'
import { planOf } from './plan.ts'
import type { Price } from './price.ts'

export const priceRoutes: Route[] = [
  route('POST', '/v1/prices', priceShape, ({ books, input }) => createPrice(books, input)),

  route(
    'GET',
    '/v1/prices',
    {
      ...paging,
      ...created,
      active: flag.optional(),
      currency: currency.optional(),
      product: text.optional(),
      type: z.enum(['one_time', 'recurring']).optional(),
      lookup_keys: z.array(text).max(10, { error: 'Invalid array: maximum 10 lookup keys' }).optional(),
      recurring: z.strictObject({ interval: text, usage_type: text, meter: text }).partial().optional(),
    },
    ({ books, input }) => {
      const rows = books
        .all('prices')
        .filter((row) => within(row.created, input.created) && row.active === (input.active ?? row.active))
        .filter((row) => row.currency === (input.currency ?? row.currency) && row.product === (input.product ?? row.product))
        .filter((row) => row.type === (input.type ?? row.type))
        .filter((row) => !input.lookup_keys || (row.lookup_key !== null && input.lookup_keys.includes(row.lookup_key)))
        .filter((row) => row.recurring?.interval === (input.recurring?.interval ?? row.recurring?.interval))
        .filter((row) => row.recurring?.usage_type === (input.recurring?.usage_type ?? row.recurring?.usage_type))
        .filter((row) => row.recurring?.meter === (input.recurring?.meter ?? row.recurring?.meter))
      return paginate(rows, '/v1/prices', input)
    },
  ),

  route('GET', '/v1/prices/:id', {}, ({ books, id }) => books.find('prices', id)),

  route(
    'POST',
    '/v1/prices/:id',
    {
      active: flag.optional(),
      lookup_key: text.max(200).optional(),
      transfer_lookup_key: flag.optional(),
      nickname: text.optional(),
      metadata: metadataChange.optional(),
      tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
    },
    ({ books, id, input }) => {
      const price = books.find('prices', id)
      if (input.lookup_key) claimLookupKey(books, input.lookup_key, input.transfer_lookup_key ?? false, id)
      const updated = books.revise(
        'prices',
        id,
        {
          active: input.active ?? price.active,
          lookup_key: input.lookup_key === undefined ? price.lookup_key : input.lookup_key || null,
          nickname: input.nickname === undefined ? price.nickname : input.nickname || null,
          metadata: mergeMetadata(price.metadata, input.metadata),
          tax_behavior: input.tax_behavior ?? price.tax_behavior,
        },
        'price.updated',
      )
      refreshCopies(books, updated)
      return updated
    },
  ),
]

/** Subscriptions show the price as it is now, not as it was when they began. Stripe announces no event for that. */
function refreshCopies(books: Books, price: Price): void {
  for (const subscription of books.all('subscriptions')) {
    if (!subscription.items.data.some((item) => item.price.id === price.id)) continue
    const items = subscription.items.data.map((item) =>
      item.price.id === price.id ? { ...item, price: price as RecurringPrice, plan: planOf(price) } : item,
    )
    books.revise('subscriptions', subscription.id, { items: itemList(subscription.id, items) })
  }
}
