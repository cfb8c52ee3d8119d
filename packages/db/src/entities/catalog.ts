import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, quantity, text } from './columns.ts'

const FeatureSchema = defineEntity({
  name: 'Feature',
  tableName: 'feature',
  properties: {
    key: text().primary(),
    name: text(),
    kind: text(),
    unit: text(),
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
  properties: {
    planVersionId: id().primary(),
    featureKey: text().primary(),
    /** In the feature's unit; null: unlimited. */
    limit: quantity().fieldName('limit_units').nullable(),
    cadence: text(),
  },
})
export class PlanEntitlement extends PlanEntitlementSchema.class {}
PlanEntitlementSchema.setClass(PlanEntitlement)

export const catalogEntities = [Feature, Plan, PlanVersion, PlanEntitlement]
