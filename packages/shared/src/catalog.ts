import { z } from 'zod'
import { Money } from './money.ts'
import { Instant } from './time.ts'

/**
 * `boolean`: had or not. `static`: a value that is compared with. `metered`: counted in windows. `gauge`: held and given back.
 * `credit_system`: a balance that metered features are paid from, each at its rate.
 */
export const FeatureKind = z.enum(['boolean', 'static', 'metered', 'gauge', 'credit_system'])
export type FeatureKind = z.infer<typeof FeatureKind>

/**
 * How what is used in a window becomes one number: the sum of the amounts, how often, the largest, how many different resources, or
 * the last one said.
 */
export const Aggregation = z.enum(['sum', 'count', 'max', 'unique', 'latest'])
export type Aggregation = z.infer<typeof Aggregation>

/** How often a limit starts again. `period`: with the subscription's month. `never`: it holds for as long as the tenant does. */
export const Cadence = z.enum(['day', 'week', 'month', 'period', 'never'])
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

/** At most so many units in each stretch of so many seconds, beside the limit. */
export const RateLimitView = z
  .strictObject({ name: z.string().min(1).max(64), units: z.int().min(1), seconds: z.int().min(1).max(86_400) })
  .meta({ id: 'RateLimit' })
export type RateLimitView = z.infer<typeof RateLimitView>

const Seconds = z.int().min(1).max(2_678_400)
const Units = z.int().min(1).max(Number.MAX_SAFE_INTEGER)

/** What an app may do with a feature while it cannot reach this server. Kept by the app's client, not here. */
export const FailurePolicy = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('closed') }),
    z.strictObject({
      kind: z.literal('open'),
      cap: Units.describe('Units that may pass in any stretch of `perSeconds`; they are reported later.'),
      perSeconds: Seconds,
    }),
    z.strictObject({
      kind: z.literal('lease'),
      units: Units.describe('Units that are taken ahead at a time.'),
      expiresIn: z.int().min(10).max(86_400).describe('Seconds for which they may be used.'),
    }),
  ])
  .meta({ id: 'FailurePolicy' })
export type FailurePolicy = z.infer<typeof FailurePolicy>

export const FeatureView = z
  .strictObject({
    feature: FeatureKey,
    name: z.string(),
    kind: FeatureKind,
    unit: z.string(),
    failurePolicy: FailurePolicy,
    leased: z
      .boolean()
      .describe(
        'Servers take units ahead and give them out from memory: faster, and what one that is killed had taken stays charged.',
      ),
  })
  .meta({ id: 'Feature' })
export type FeatureView = z.infer<typeof FeatureView>
export const FeatureList = z.strictObject({ tenantId: z.string(), features: z.array(FeatureView) })
export type FeatureList = z.infer<typeof FeatureList>

export const SetFailurePolicyInput = z.strictObject({ feature: FeatureKey, failurePolicy: FailurePolicy })
export type SetFailurePolicyInput = z.infer<typeof SetFailurePolicyInput>

export const SetLeasingInput = z.strictObject({ feature: FeatureKey, leased: z.boolean() })
export type SetLeasingInput = z.infer<typeof SetLeasingInput>

export const EntitlementView = z
  .strictObject({
    feature: FeatureKey,
    name: z.string(),
    kind: FeatureKind,
    unit: z.string(),
    limit: z.int().nullable().describe('In the unit of the feature; null is unlimited.'),
    cadence: Cadence,
    overage: z
      .int()
      .nullable()
      .optional()
      .describe('Units that may be used past the limit; absent: none, the limit is hard; null: any number, it is soft.'),
    overagePrice: z.strictObject({ amountMinor: z.int(), currency: z.string(), per: z.int() }).optional(),
    rollover: z.int().optional().describe('Unused units carried into the next window, at most so many.'),
    rates: z.array(RateLimitView).optional(),
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

/** A feature as the operators of an installation see it. */
export const OperatorFeature = FeatureView.extend({
  aggregation: Aggregation,
  credits: z
    .strictObject({ feature: FeatureKey, units: z.int(), per: z.int() })
    .nullable()
    .describe('Paid from a credit system: so many credits for so many of its units.'),
  lateSeconds: z.int().describe('How long ago usage may have happened and still be reported.'),
  futureSeconds: z.int().describe("How far the reporter's clock may be ahead."),
}).meta({ id: 'OperatorFeature' })
export type OperatorFeature = z.infer<typeof OperatorFeature>

export const PlanVersionView = z
  .strictObject({
    id: z.string(),
    number: z.int(),
    live: z.boolean().describe('What is sold now; who bought an earlier one keeps it.'),
    price: Money.nullable().describe('Per month; null is by agreement.'),
    publishedAt: Instant,
    tenants: z.int().describe('For how many it is in force.'),
    entitlements: z.array(EntitlementView),
  })
  .meta({ id: 'PlanVersion' })
export type PlanVersionView = z.infer<typeof PlanVersionView>

export const OperatorPlan = z
  .strictObject({
    key: PlanKey,
    name: z.string(),
    description: z.string(),
    rank: z.int(),
    isDefault: z.boolean().describe('In force for a tenant without a subscription.'),
    selfService: z.boolean().describe('Can be bought through checkout.'),
    versions: z.array(PlanVersionView).describe('The newest first.'),
  })
  .meta({ id: 'OperatorPlan' })
export type OperatorPlan = z.infer<typeof OperatorPlan>

/** Everything the catalog says, with what plans said before. */
export const WholeCatalog = z
  .strictObject({ features: z.array(OperatorFeature), plans: z.array(OperatorPlan) })
  .meta({ id: 'WholeCatalog' })
export type WholeCatalog = z.infer<typeof WholeCatalog>
