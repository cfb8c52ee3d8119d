import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { created, filled, flag, ignored, metadata, metadataChange, paging, text, url, within } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { mergeMetadata } from '../objects/metadata.ts'
import { newId } from '../objects/new-id.ts'
import { createPrice, priceShape } from './create-price.ts'
import { buildProduct } from './product.ts'

const fields = {
  active: flag.optional(),
  description: text.optional(),
  unit_label: text.optional(),
  url: url.optional(),
  images: z.array(text).optional(),
  tax_code: text.optional(),
  statement_descriptor: text.optional(),
  marketing_features: z.array(z.strictObject({ name: text })).optional(),
  shippable: ignored,
  package_dimensions: ignored,
}

const { product: _, active: __, ...defaultPrice } = priceShape

export const productRoutes: Route[] = [
  route(
    'POST',
    '/v1/products',
    {
      ...fields,
      id: filled.optional(),
      name: filled,
      type: ignored,
      metadata: metadata.optional(),
      default_price_data: z.strictObject(defaultPrice).optional(),
    },
    ({ books, input }) => {
      const id = input.id ?? newId('prod', 14)
      if (books.get('products', id)) throw refused(`Product already exists.`, { code: 'resource_already_exists', param: 'id' })
      const { shippable, package_dimensions, type, default_price_data, ...given } = input
      const product = buildProduct({ ...given, id }, books.now())
      if (!default_price_data) return books.record('products', product, 'product.created')
      const price = createPrice(books, { ...default_price_data, product: id }, { productExists: false })
      return books.record('products', { ...product, default_price: price.id }, 'product.created')
    },
  ),

  route(
    'GET',
    '/v1/products',
    { ...paging, ...created, active: flag.optional(), ids: z.array(text).optional(), url: text.optional() },
    ({ books, input }) => {
      const rows = books
        .all('products')
        .filter((row) => within(row.created, input.created) && row.active === (input.active ?? row.active))
        .filter((row) => (input.ids?.includes(row.id) ?? true) && row.url === (input.url ?? row.url))
      return paginate(rows, '/v1/products', input)
    },
  ),

  route('GET', '/v1/products/:id', {}, ({ books, id }) => books.find('products', id)),

  route(
    'POST',
    '/v1/products/:id',
    { ...fields, name: filled.optional(), metadata: metadataChange.optional(), default_price: text.optional() },
    ({ books, id, input }) => {
      const product = books.find('products', id)
      if (input.default_price) books.find('prices', input.default_price, 'default_price')
      const { shippable, package_dimensions, metadata: change, ...given } = input
      const entries = Object.entries(given).filter(([, value]) => value !== undefined)
      const plain = Object.fromEntries(entries.map(([key, value]) => [key, value === '' ? null : value]))
      const next = { ...plain, metadata: mergeMetadata(product.metadata, change), updated: books.now() }
      return books.revise('products', id, next, 'product.updated')
    },
  ),

  route('DELETE', '/v1/products/:id', {}, ({ books, id }) => {
    const product = books.find('products', id)
    if (books.all('prices').some((price) => price.product === id)) {
      throw refused('This product cannot be deleted because it has one or more user-created prices.')
    }
    books.remove('products', id)
    books.announce('product.deleted', product)
    return { id, object: 'product', deleted: true }
  }),
]
