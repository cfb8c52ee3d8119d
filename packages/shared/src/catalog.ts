import { z } from 'zod'
import { Money } from './money.ts'

export const FeatureKind = z.enum(['boolean', 'static', 'metered', 'gauge'])
export type FeatureKind = z.infer<typeof FeatureKind>

/** How often a limit starts again. `never`: it holds for as long as the tenant does. */
export const Cadence = z.enum(['day', 'month', 'never'])
export type Cadence = z.infer<typeof Cadence>

export const FeatureKey = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and underscores')
  .meta({ examples: ['characters'] })

export const PlanKey = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z][a-z0-9_-]*$/, 'must be lower-case letters, digits, dashes and underscores')
  .meta({ examples: ['starter'] })

export const EntitlementView = z
  .strictObject({
    feature: FeatureKey,
    name: z.string(),
    kind: FeatureKind,
    unit: z.string(),
    limit: z.int().nullable().describe('In the unit of the feature; null is unlimited.'),
    cadence: Cadence,
  })
  .meta({ id: 'Entitlement' })
export type EntitlementView = z.infer<typeof EntitlementView>

export const PlanView = z
  .strictObject({
    key: PlanKey,
    name: z.string(),
    description: z.string(),
    price: Money.nullable().describe('Per month; null is by agreement.'),
    rank: z.int().describe('Plans in order, from the smallest.'),
    selfService: z.boolean().describe('Can be bought through checkout.'),
    entitlements: z.array(EntitlementView),
  })
  .meta({ id: 'Plan' })
export type PlanView = z.infer<typeof PlanView>
export const PlanList = z.strictObject({ plans: z.array(PlanView) })
