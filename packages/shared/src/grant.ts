import { z } from 'zod'
import { FeatureKey } from './catalog.ts'
import { idOf } from './id.ts'
import { Quantity, RequestId } from './quota.ts'
import { Instant } from './time.ts'

/** Why something was given or taken; it stands in the audit trail. */
export const Reason = z.string().trim().min(1).max(500)

const ofTenant = { tenantId: idOf('tenant') }

export const GrantSource = z.enum(['manual', 'promotional', 'top_up'])

export const GrantInput = z.strictObject({
  ...ofTenant,
  feature: FeatureKey,
  units: Quantity,
  source: GrantSource.default('manual'),
  reason: Reason,
  priority: z
    .int()
    .min(-1000)
    .max(1000)
    .default(0)
    .describe('What stands smaller is used first; among equals what ends earlier. A plan stands at 0.'),
  effectiveAt: Instant.optional().describe('Absent: now. Not in the past.'),
  expiresAt: Instant.optional().describe('Absent: it does not expire.'),
})
export type GrantInput = z.infer<typeof GrantInput>

export const VoidGrantInput = z.strictObject({ ...ofTenant, id: idOf('grant'), reason: Reason })
export type VoidGrantInput = z.infer<typeof VoidGrantInput>

export const GrantView = z
  .strictObject({
    id: idOf('grant'),
    feature: FeatureKey,
    units: z.int(),
    used: z.int(),
    remaining: z.int().describe('What can still be used of it; none once it has expired or was voided.'),
    state: z.enum(['waiting', 'live', 'used_up', 'expired', 'voided']),
    source: GrantSource,
    reason: z.string(),
    priority: z.int(),
    effectiveAt: Instant,
    expiresAt: Instant.nullable(),
    createdAt: Instant,
    voidedAt: Instant.nullable(),
  })
  .meta({ id: 'Grant' })
export type GrantView = z.infer<typeof GrantView>

export const GrantsInput = z.strictObject(ofTenant)
export const OverridesInput = z.strictObject(ofTenant)
export const TenantCapsInput = z.strictObject(ofTenant)
export const GrantList = z.strictObject({ grants: z.array(GrantView).describe('The newest first, at most 200.') })

export const OverrideLimitInput = z.strictObject({
  ...ofTenant,
  feature: FeatureKey,
  limit: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().describe("In place of the plan's; null is unlimited."),
  reason: Reason,
  endsAt: Instant.optional().describe('Absent: until it is removed.'),
})
export type OverrideLimitInput = z.infer<typeof OverrideLimitInput>
export const OverrideView = z
  .strictObject({
    feature: FeatureKey,
    limit: z.int().nullable().describe('What holds in place of the plan; null is unlimited.'),
    planLimit: z.int().nullable().describe('What the plan says, and holds again afterwards; 0 where it does not have the feature.'),
    reason: z.string(),
    endsAt: Instant.nullable().describe('Null: it holds until it is removed.'),
    createdBy: z.string(),
    createdAt: Instant,
  })
  .meta({ id: 'LimitOverride' })
export type OverrideView = z.infer<typeof OverrideView>
export const OverrideList = z.strictObject({ overrides: z.array(OverrideView) })

export const RemoveOverrideInput = z.strictObject({ ...ofTenant, feature: FeatureKey })
export type RemoveOverrideInput = z.infer<typeof RemoveOverrideInput>

export const CorrectUsageInput = z.strictObject({
  ...ofTenant,
  eventId: RequestId.describe('The id of the usage event that was wrong.'),
  amount: z.int().min(0).max(Number.MAX_SAFE_INTEGER).describe('What it should have said; 0 takes all of it back.'),
  reason: Reason,
})
export type CorrectUsageInput = z.infer<typeof CorrectUsageInput>
export const UsageCorrection = z
  .strictObject({
    eventId: z.string(),
    feature: FeatureKey,
    before: z.int(),
    amount: z.int(),
    correctedAt: Instant,
  })
  .meta({ id: 'UsageCorrection' })
export type UsageCorrection = z.infer<typeof UsageCorrection>
