import { defineEntity, p } from '@mikro-orm/core'
import { allowanceTerms } from './allowance-terms.ts'
import { id, instant, quantity, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

/** What a tenant may use, resolved from its plan in the transaction that changed the plan. The source of every balance. */
const EntitlementSchema = defineEntity({
  name: 'Entitlement',
  tableName: 'entitlement',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    limit: quantity().fieldName('limit_units').nullable(),
    cadence: text(),
    ...allowanceTerms(),
    /** Windows are counted from here; null: they are the calendar's. */
    anchorAt: instant().nullable(),
    planKey: text(),
    planVersionId: text(),
    source: text(),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class Entitlement extends EntitlementSchema.class {}
EntitlementSchema.setClass(Entitlement)

/** Another limit than the plan's for one tenant, for a reason and up to an end. */
const EntitlementOverrideSchema = defineEntity({
  name: 'EntitlementOverride',
  tableName: 'entitlement_override',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    limit: quantity().fieldName('limit_units').nullable(),
    reason: text(),
    endsAt: instant().nullable(),
    createdBy: text(),
    createdAt: instant(),
  },
})
export class EntitlementOverride extends EntitlementOverrideSchema.class {}
EntitlementOverrideSchema.setClass(EntitlementOverride)

/** The part of a tenant's units that one member or key may use in a window, or each of them. */
const UsageCapSchema = defineEntity({
  name: 'UsageCap',
  tableName: 'usage_cap',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    /** A user's or a key's id; `each_member` and `each_key` for those without one of their own. */
    holder: text().primary(),
    limit: quantity().fieldName('limit_units'),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class UsageCap extends UsageCapSchema.class {}
UsageCapSchema.setClass(UsageCap)

/** The most a tenant is ready to pay for use past the limit of one feature in one window. */
const SpendCapSchema = defineEntity({
  name: 'SpendCap',
  tableName: 'spend_cap',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    /** In the smallest unit of the plan's currency. */
    amountMinor: quantity(),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class SpendCap extends SpendCapSchema.class {}
SpendCapSchema.setClass(SpendCap)

/**
 * Units of one origin in one stretch of time: what a plan allows in a window, a grant, what rolled over, what may be used past the
 * limit, or the part of them that one member or key may use. A projection of the ledger, guarded by a CHECK that use never passes
 * what is granted.
 */
const BalanceSchema = defineEntity({
  name: 'Balance',
  tableName: 'balance',
  ...tenantWall(),
  checks: [
    { name: 'balance_never_over_granted', expression: 'granted is null or consumed + reserved + leased <= granted' },
    {
      name: 'balance_counts_up_from_zero',
      expression: 'consumed >= 0 and reserved >= 0 and leased >= 0 and consumed <= 9007199254740991',
    },
    { name: 'balance_kind', expression: "kind in ('allowance', 'rollover', 'grant', 'overage', 'cap')" },
  ],
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    windowStart: instant().primary(),
    /** `plan`, `rollover`, `overage`; the id of a grant; of a cap, the member or key it binds. */
    origin: text().primary().default('plan'),
    kind: text().default('allowance'),
    /** Null: the window never ends. */
    windowEnd: instant().nullable(),
    /** Smaller is used first; among equals what ends earlier, then what was opened earlier. */
    priority: p.integer().default(0),
    openedAt: instant().defaultRaw('now()'),
    /** Of a plan's allowance: there are other units to use beside it, so a request has to look at all of them. */
    pooled: p.boolean().default(false),
    /** Of a plan's allowance: its window is none of the present cadence any more, and grants nothing new. */
    closed: p.boolean().default(false),
    /** Null: unlimited. Never below what is used: a smaller plan takes back what is left, not what is gone. */
    granted: quantity().nullable(),
    consumed: quantity().defaultRaw('0'),
    reserved: quantity().defaultRaw('0'),
    leased: quantity().defaultRaw('0'),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class Balance extends BalanceSchema.class {}
BalanceSchema.setClass(Balance)

/** The ledger: append-only. Consumption is one row per commit, balance and caller; grants and their changes are a row each. */
const QuotaEntrySchema = defineEntity({
  name: 'QuotaEntry',
  tableName: 'quota_entry',
  ...tenantWall(),
  indexes: [{ properties: ['tenantId', 'featureKey', 'windowStart'] }],
  properties: {
    tenantId: id().primary(),
    id: p.bigint('number').primary().defaultRaw("nextval('quota_entry_id')").ignoreSchemaChanges('default'),
    featureKey: text(),
    windowStart: instant(),
    /** The balance's: where the units are from. */
    origin: text().default('plan'),
    kind: text(),
    units: quantity().nullable(),
    callerId: text().nullable(),
    /** The feature that was asked for, where it is paid from this one's credits. */
    askedFeatureKey: text().nullable(),
    /** The usage event or grant that this entry corrects or takes back. */
    reverses: text().nullable(),
    requests: p.integer().default(1),
    /** Of an entry that holds units, uses held ones, or gives them back. */
    reservationId: text().nullable(),
    at: instant(),
  },
})
export class QuotaEntry extends QuotaEntrySchema.class {}
QuotaEntrySchema.setClass(QuotaEntry)

/** Units given beside the plan: promotional, bought, or by an operator's hand. Never changed; what is left of it can be taken back. */
const QuotaGrantSchema = defineEntity({
  name: 'QuotaGrant',
  tableName: 'quota_grant',
  ...tenantWall(),
  checks: [
    { name: 'quota_grant_units', expression: 'units between 1 and 9007199254740991' },
    { name: 'quota_grant_ends_after_it_begins', expression: 'expires_at is null or expires_at > effective_at' },
    { name: 'quota_grant_source', expression: "source in ('manual', 'promotional', 'top_up')" },
    { name: 'quota_grant_is_voided_with_a_reason', expression: '(voided_at is null) = (void_reason is null)' },
  ],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    featureKey: text(),
    units: quantity(),
    priority: p.integer().default(0),
    source: text(),
    reason: text(),
    effectiveAt: instant(),
    expiresAt: instant().nullable(),
    createdBy: text(),
    createdAt: instant(),
    voidedAt: instant().nullable(),
    voidReason: text().nullable(),
  },
})
export class QuotaGrant extends QuotaGrantSchema.class {}
QuotaGrantSchema.setClass(QuotaGrant)

export const quotaEntities = [Entitlement, EntitlementOverride, UsageCap, SpendCap, Balance, QuotaEntry, QuotaGrant]
