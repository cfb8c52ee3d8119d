import { z } from 'zod'

/** Readers for the strings a form-encoded body is made of. Each fails with the words Stripe would use. */

export const text = z.string({ error: 'Invalid string' }).max(5000, { error: 'Invalid string: must be at most 5000 characters' })

export const filled = text.min(1, { error: 'You passed an empty string. This value may not be empty.' })

export const integer = z
  .string({ error: 'Invalid integer' })
  .regex(/^-?\d{1,15}$/, { error: 'Invalid integer' })
  .transform(Number)

export const positive = integer.refine((value) => value > 0, { error: 'This value must be greater than or equal to 1.' })

export const natural = integer.refine((value) => value >= 0, { error: 'This value must be greater than or equal to 0.' })

export const flag = z.enum(['true', 'false'], { error: 'Invalid boolean' }).transform((value) => value === 'true')

export const metadata = z
  .record(
    z.string().max(40, { error: 'Metadata keys can be at most 40 characters long.' }),
    z.string().max(500, { error: 'Metadata values can be at most 500 characters long.' }),
  )
  .refine((value) => Object.keys(value).length <= 50, { error: 'Metadata can have at most 50 keys.' })

/** An empty string in place of the object clears it. */
export const metadataChange = z.union([z.literal(''), metadata])

export const url = text.refine((value) => /^https?:\/\//.test(value), {
  error: 'Not a valid URL: it must begin with http:// or https://',
})

export const currency = text.toLowerCase().regex(/^[a-z]{3}$/, { error: 'Invalid currency: use its three-letter ISO code' })

/** Accepted because Stripe accepts it, and without effect here. */
export const ignored = z.unknown().optional()

const instant = z.union([integer, z.strictObject({ gt: integer, gte: integer, lt: integer, lte: integer }).partial()])

export const paging = {
  limit: integer.refine((value) => value >= 1 && value <= 100, { error: 'Limit must be between 1 and 100.' }).optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
}

export const created = { created: instant.optional() }

export type InstantFilter = z.output<typeof instant> | undefined

/** Whether `value` (unix seconds) passes a `created`-style filter. */
export function within(value: number, filter: InstantFilter): boolean {
  if (filter === undefined) return true
  if (typeof filter === 'number') return value === filter
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = filter
  return value > gt && value >= gte && value < lt && value <= lte
}
