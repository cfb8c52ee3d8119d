import { z } from 'zod'
import { FeatureKey } from './catalog.ts'
import { idOf } from './id.ts'

/** Whose part of the tenant's units it is: one member's, one key's, or that of each who has none of their own. */
export const CapHolder = z.union([idOf('user'), idOf('apiKey'), z.enum(['each_member', 'each_key'])])
export type CapHolder = z.infer<typeof CapHolder>

export const SetCapInput = z.strictObject({
  feature: FeatureKey,
  holder: CapHolder,
  limit: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .nullable()
    .describe('The most of it in a window of the feature; null takes the cap away.'),
})
export type SetCapInput = z.infer<typeof SetCapInput>

export const SetSpendCapInput = z.strictObject({
  feature: FeatureKey,
  amountMinor: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .nullable()
    .describe(
      "The most to be paid for use past the limit in a window, in the smallest unit of the plan's currency; null: as the plan says.",
    ),
})
export type SetSpendCapInput = z.infer<typeof SetSpendCapInput>

export const UsageCaps = z
  .strictObject({
    caps: z.array(z.strictObject({ feature: FeatureKey, holder: z.string(), limit: z.int(), used: z.int() })),
    spend: z.array(z.strictObject({ feature: FeatureKey, amountMinor: z.int() })),
  })
  .meta({ id: 'UsageCaps' })
export type UsageCaps = z.infer<typeof UsageCaps>
