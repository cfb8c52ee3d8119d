import { defineEntity, p } from '@mikro-orm/core'
import { allowanceTerms } from './allowance-terms.ts'
import { id, instant, quantity, text } from './columns.ts'

type FailurePolicy =
  | { kind: 'closed' }
  | { kind: 'open'; cap: number; perSeconds: number }
  | { kind: 'lease'; units: number; expiresIn: number }

const FeatureSchema = defineEntity({
  name: 'Feature',
  tableName: 'feature',
  checks: [
    { name: 'feature_aggregation', expression: "aggregation in ('sum', 'count', 'max', 'unique', 'latest')" },
    {
      name: 'feature_credit_rate',
      expression:
        '(credit_feature_key is null) = (credit_units is null) and (credit_units is null) = (credit_per is null) and coalesce(credit_units, 1) > 0 and coalesce(credit_per, 1) > 0',
    },
    { name: 'feature_bounds', expression: 'late_seconds >= 0 and future_seconds >= 0' },
    {
      name: 'feature_passes_only_what_is_counted',
      expression: "failure_policy->>'kind' = 'closed' or (failure_policy->>'kind' in ('open', 'lease') and kind = 'metered')",
    },
  ],
  properties: {
    key: text().primary(),
    name: text(),
    kind: text(),
    unit: text(),
    /** How amounts in a window become one number: sum, count, max, unique, latest. */
    aggregation: text().default('sum'),
    /** The credit system this feature is paid from; null: it has a balance of its own. */
    creditFeatureKey: text().nullable(),
    /** So many credits, */
    creditUnits: quantity().nullable(),
    /** for so many units of the feature; a part of it counts as a whole. */
    creditPer: quantity().nullable(),
    /** How long ago usage may have happened and still be reported. */
    lateSeconds: p.integer().default(2_764_800),
    /** How far the reporter's clock may be ahead of ours. */
    futureSeconds: p.integer().default(300),
    /** Nodes may take units ahead and give them out from memory: faster, and a crash forfeits what it had taken. */
    leased: p.boolean().default(false),
    /** What apps may do while they cannot reach the server; only what is counted can pass without it. */
    failurePolicy: p.json<FailurePolicy>().defaultRaw(`'{"kind": "closed"}'`),
    position: p.integer(),
    createdAt: instant().defaultRaw('now()'),
  },
})
export class Feature extends FeatureSchema.class {}
FeatureSchema.setClass(Feature)

const PlanSchema = defineEntity({
  name: 'Plan',
  tableName: 'plan',
  properties: {
    key: text().primary(),
    name: text(),
    description: text(),
    rank: p.integer(),
    /** In force for a tenant without a subscription. Exactly one plan. */
    isDefault: p.boolean().default(false),
    selfService: p.boolean().default(false),
    liveVersionId: text(),
    createdAt: instant().defaultRaw('now()'),
  },
})
export class Plan extends PlanSchema.class {}
PlanSchema.setClass(Plan)

/** What a plan is at one time. Published versions never change; a subscription pins one. */
const PlanVersionSchema = defineEntity({
  name: 'PlanVersion',
  tableName: 'plan_version',
  uniques: [{ properties: ['planKey', 'number'] }],
  properties: {
    id: id().primary(),
    planKey: text(),
    number: p.integer(),
    /** Per month, in the currency's smallest unit; null: by agreement. */
    priceMinor: quantity().nullable(),
    currency: text().nullable(),
    publishedAt: instant().defaultRaw('now()'),
  },
})
export class PlanVersion extends PlanVersionSchema.class {}
PlanVersionSchema.setClass(PlanVersion)

const PlanEntitlementSchema = defineEntity({
  name: 'PlanEntitlement',
  tableName: 'plan_entitlement',
  checks: [{ name: 'plan_entitlement_anchor', expression: "anchor in ('calendar', 'subscription')" }],
  properties: {
    planVersionId: id().primary(),
    featureKey: text().primary(),
    /** In the feature's unit; null: unlimited. */
    limit: quantity().fieldName('limit_units').nullable(),
    cadence: text(),
    ...allowanceTerms(),
    /** Where its windows begin: at the calendar's, or at the subscription's own beginning. */
    anchor: text().default('calendar'),
  },
})
export class PlanEntitlement extends PlanEntitlementSchema.class {}
PlanEntitlementSchema.setClass(PlanEntitlement)

export const catalogEntities = [Feature, Plan, PlanVersion, PlanEntitlement]
