import { z } from 'zod'
import { FeatureKey } from './catalog.ts'
import { idOf } from './id.ts'
import { Decision, Quantity, RequestId } from './quota.ts'
import { Instant } from './time.ts'

/** What a lease token says of itself, so that it is never taken for an access token, nor the other way round. */
export const leaseToken = { type: 'tollkeeper-lease+jwt', audience: 'tollkeeper-lease' } as const

/** How long after its expiry a lease may still be settled. What is not settled by then counts as used. */
export const LEASE_SETTLES_WITHIN_SECONDS = 24 * 3600

export const TakeLeaseInput = z.strictObject({
  feature: FeatureKey,
  units: Quantity.describe('Taken from what is left, all of them or none.'),
  expiresIn: z.int().min(10).max(86_400).default(300).describe('Seconds for which the app may use them without asking.'),
  requestId: RequestId.optional(),
})
export type TakeLeaseInput = z.infer<typeof TakeLeaseInput>

export const Lease = z
  .strictObject({
    leaseId: idOf('reservation'),
    token: z
      .string()
      .describe(
        'Signed (EdDSA): names tenant, feature, units, caller and expiry. Verified with /.well-known/jwks.json, without asking.',
      ),
    feature: FeatureKey,
    units: z.int(),
    expiresAt: Instant.describe('After it the app uses none of them any more.'),
    settleBy: Instant.describe('What is not settled by then counts as used.'),
  })
  .meta({ id: 'Lease' })
export type Lease = z.infer<typeof Lease>

export const LeaseAnswer = z
  .strictObject({ decision: Decision, lease: Lease.nullable().describe('Null when refused: nothing is taken.') })
  .meta({ id: 'LeaseAnswer' })
export type LeaseAnswer = z.infer<typeof LeaseAnswer>

export const SettleLeaseInput = z.strictObject({
  id: idOf('reservation'),
  used: z.int().min(0).max(Number.MAX_SAFE_INTEGER).describe('What was used of it; the rest comes back.'),
})
export type SettleLeaseInput = z.infer<typeof SettleLeaseInput>

export const SettledLease = z
  .strictObject({ leaseId: z.string(), feature: FeatureKey, units: z.int(), used: z.int(), returned: z.int(), settledAt: Instant })
  .meta({ id: 'SettledLease' })
export type SettledLease = z.infer<typeof SettledLease>
