import { z } from 'zod'

/** Money is an integer number of the currency's smallest unit: 2900 of `cny` is ¥29.00, 2900 of `jpy` is ¥2,900. */
export const Money = z.strictObject({
  amountMinor: z.int(),
  currency: z.string().regex(/^[a-z]{3}$/, 'must be a lower-case ISO 4217 code'),
})
export type Money = z.infer<typeof Money>
