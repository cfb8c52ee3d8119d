import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { currency, filled, flag, metadata, natural, positive, text } from '../api/form.ts'
import type { Books } from '../books/books.ts'
import { newId } from '../objects/new-id.ts'
import { buildPrice, type Price } from './price.ts'

export const priceShape = {
  currency,
  product: filled,
  unit_amount: natural.optional(),
  unit_amount_decimal: text.optional(),
  recurring: z
    .strictObject({
      interval: z.enum(['day', 'week', 'month', 'year']),
      interval_count: positive.optional(),
      usage_type: z.enum(['licensed', 'metered']).optional(),
      meter: text.optional(),
      trial_period_days: positive.optional(),
    })
    .optional(),
  active: flag.optional(),
  lookup_key: text.max(200).optional(),
  transfer_lookup_key: flag.optional(),
  nickname: text.optional(),
  metadata: metadata.optional(),
  tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
  billing_scheme: z.enum(['per_unit'], { error: 'The sandbox only knows billing_scheme=per_unit' }).optional(),
}

export type PriceRequest = z.output<z.ZodObject<typeof priceShape>>

/** Adds a price. A lookup key belongs to one price at a time and only moves when the request says so. */
export function createPrice(books: Books, request: PriceRequest, { productExists } = { productExists: true }): Price {
  if (productExists) books.find('products', request.product, 'product')
  const amount = request.unit_amount ?? wholeAmount(request.unit_amount_decimal)
  if (request.recurring?.usage_type === 'metered') {
    if (!request.recurring.meter) {
      throw refused('A metered price needs `recurring[meter]`: the id of the meter whose usage it bills.', {
        code: 'parameter_missing',
        param: 'recurring[meter]',
      })
    }
    books.find('meters', request.recurring.meter, 'recurring[meter]')
  }
  if (request.lookup_key) claimLookupKey(books, request.lookup_key, request.transfer_lookup_key ?? false)
  return books.record('prices', buildPrice({ ...request, id: newId('price'), unit_amount: amount }, books.now()), 'price.created')
}

export function claimLookupKey(books: Books, key: string, transfer: boolean, heir?: string): void {
  const holder = books.all('prices').find((price) => price.lookup_key === key && price.id !== heir)
  if (!holder) return
  if (!transfer) {
    throw refused(
      `A price (\`${holder.id}\`) already uses that lookup key: \`${key}\`. Use a different one, or send \`transfer_lookup_key=true\` to take it over.`,
      { param: 'lookup_key' },
    )
  }
  books.revise('prices', holder.id, { lookup_key: null }, 'price.updated')
}

function wholeAmount(decimal: string | undefined): number {
  if (decimal === undefined) {
    throw refused('Missing required param: unit_amount.', { code: 'parameter_missing', param: 'unit_amount' })
  }
  if (!/^\d{1,15}(\.0+)?$/.test(decimal)) {
    throw refused('The sandbox bills whole minor units: `unit_amount_decimal` may not have a fraction.', {
      param: 'unit_amount_decimal',
    })
  }
  return Number(decimal)
}
