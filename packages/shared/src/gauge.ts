import { z } from 'zod'
import { FeatureKey } from './catalog.ts'
import { Decision, Quantity, RequestId } from './quota.ts'
import { Instant } from './time.ts'

/** Who holds it: a task, a file, a connection of the app's own. */
export const Holder = RequestId

export const AcquireInput = z.strictObject({
  feature: FeatureKey,
  holder: Holder.describe('Yours. Acquiring again under the same holder sets what it holds, and lets its time begin anew.'),
  amount: Quantity.default(1).describe('What the holder then holds in all.'),
  expiresIn: z
    .int()
    .min(1)
    .max(31_536_000)
    .optional()
    .describe('Seconds after which it comes back by itself; absent: not before it is released.'),
})
export type AcquireInput = z.infer<typeof AcquireInput>

export const GaugeDecision = z
  .strictObject({
    ...Decision.shape,
    held: z.int().describe('What the holder holds after this.'),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'GaugeDecision' })
export type GaugeDecision = z.infer<typeof GaugeDecision>

export const ReleaseInput = z.strictObject({ feature: FeatureKey, holder: Holder })
export type ReleaseInput = z.infer<typeof ReleaseInput>
export const Released = z
  .strictObject({ feature: FeatureKey, holder: z.string(), released: z.int().describe('None where nothing was held.') })
  .meta({ id: 'Released' })
export type Released = z.infer<typeof Released>

export const HoldsInput = z.strictObject({ feature: FeatureKey })
export const GaugeHolds = z
  .strictObject({
    feature: FeatureKey,
    holds: z
      .array(z.strictObject({ holder: z.string(), amount: z.int(), acquiredAt: Instant, expiresAt: Instant.nullable() }))
      .describe('The newest first, at most 200.'),
  })
  .meta({ id: 'GaugeHolds' })
export type GaugeHolds = z.infer<typeof GaugeHolds>
