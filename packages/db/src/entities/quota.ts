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

/** The answer given to a request id, so that the same id is answered the same and charged once. Kept at least 24 hours. */
const QuotaRequestSchema = defineEntity({
  name: 'QuotaRequest',
  tableName: 'quota_request',
  ...tenantWall(),
  indexes: [{ properties: ['at'] }],
  properties: {
    tenantId: id().primary(),
    requestId: text().primary(),
    featureKey: text(),
    amount: quantity(),
    decisionId: text(),
    allowed: p.boolean(),
    code: text(),
    remaining: quantity().nullable(),
    limit: quantity().fieldName('limit_units').nullable(),
    overage: quantity().nullable(),
    charged: quantity().nullable(),
    resetsAt: instant().nullable(),
    /** Seconds for which units were to be held; null: they were to be used at once. */
    expiresIn: p.integer().nullable(),
    reservationId: text().nullable(),
    at: instant(),
  },
})
export class QuotaRequest extends QuotaRequestSchema.class {}
QuotaRequestSchema.setClass(QuotaRequest)

/**
 * Units of one balance, held until they are committed, released, or their time is over. Changed under the balance's lock only. A
 * reservation that takes of several balances is a row for each.
 */
const ReservationSchema = defineEntity({
  name: 'Reservation',
  tableName: 'reservation',
  ...tenantWall(),
  checks: [
    { name: 'reservation_state', expression: "state in ('held', 'committed', 'released', 'expired')" },
    { name: 'reservation_is_settled_once', expression: "(state = 'held') = (settled_at is null)" },
    {
      name: 'reservation_uses_what_it_holds',
      expression: "units between 1 and 9007199254740991 and used between 0 and units and (state = 'committed') = (used > 0)",
    },
  ],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    windowStart: instant().primary(),
    origin: text().primary().default('plan'),
    featureKey: text(),
    /** The feature that was asked for, where it is paid from this one's credits. */
    askedFeatureKey: text().nullable(),
    /** Of the whole reservation, in units of the feature that was asked for. */
    asked: quantity(),
    /** Its place among the balances of its reservation, in the order in which they are used up. */
    place: p.integer().default(0),
    state: text().default('held'),
    units: quantity(),
    used: quantity().defaultRaw('0'),
    /** Of the whole reservation, as `asked`. */
    askedUsed: quantity().defaultRaw('0'),
    callerId: text(),
    decisionId: text(),
    createdAt: instant(),
    expiresAt: instant(),
    /** What is not settled when its time is over was used, as far as anybody can know: a lease an app decides by on its own. */
    chargedAtEnd: p.boolean().default(false),
    settledAt: instant().nullable(),
  },
})
export class Reservation extends ReservationSchema.class {}
ReservationSchema.setClass(Reservation)

/**
 * Units of a plan's allowance that one node took ahead, to give out from memory. What is not used of them stands in `leased` of the
 * balance. Only the node itself ends it: one whose node was killed stays, and what it holds stays charged.
 */
const QuotaLeaseSchema = defineEntity({
  name: 'QuotaLease',
  tableName: 'quota_lease',
  ...tenantWall(),
  checks: [{ name: 'quota_lease_uses_what_it_holds', expression: 'used between 0 and units' }],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    featureKey: text(),
    windowStart: instant(),
    /** Ever taken for it, and given out of that, as far as it is written. */
    units: quantity(),
    used: quantity().defaultRaw('0'),
    openedAt: instant(),
    /** When the node stops to give out of it; for people who look, nothing is decided by it. */
    expiresAt: instant(),
  },
})
export class QuotaLease extends QuotaLeaseSchema.class {}
QuotaLeaseSchema.setClass(QuotaLease)

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

/** How much of a rate limit is used in its present stretch of time. */
const RateWindowSchema = defineEntity({
  name: 'RateWindow',
  tableName: 'rate_window',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    name: text().primary(),
    startsAt: instant(),
    used: quantity(),
  },
})
export class RateWindow extends RateWindowSchema.class {}
RateWindowSchema.setClass(RateWindow)

/** What was seen in a window of a feature that counts different things. */
const SeenResourceSchema = defineEntity({
  name: 'SeenResource',
  tableName: 'seen_resource',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    windowStart: instant().primary(),
    resource: text().primary(),
  },
})
export class SeenResource extends SeenResourceSchema.class {}
SeenResourceSchema.setClass(SeenResource)

/** What a usage event should have said, each time somebody said so. The event itself stays as it was reported. */
const UsageCorrectionSchema = defineEntity({
  name: 'UsageCorrection',
  tableName: 'usage_correction',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    eventId: text().primary(),
    number: p.integer().primary(),
    amount: quantity(),
    reason: text(),
    createdBy: text(),
    createdAt: instant(),
  },
})
export class UsageCorrection extends UsageCorrectionSchema.class {}
UsageCorrectionSchema.setClass(UsageCorrection)

/** What is held of a gauge, by whom, and for how long. */
const GaugeHoldSchema = defineEntity({
  name: 'GaugeHold',
  tableName: 'gauge_hold',
  ...tenantWall(),
  checks: [{ name: 'gauge_hold_units', expression: 'units between 1 and 9007199254740991' }],
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    holder: text().primary(),
    units: quantity(),
    callerId: text(),
    acquiredAt: instant(),
    /** Null: until it is released. */
    expiresAt: instant().nullable(),
  },
})
export class GaugeHold extends GaugeHoldSchema.class {}
GaugeHoldSchema.setClass(GaugeHold)

/** Usage as it was reported. The table is partitioned by month of `at`; its months are dropped whole when their time is over. */
const UsageEventSchema = defineEntity({
  name: 'UsageEvent',
  tableName: 'usage_event',
  ...tenantWall(),
  indexes: [{ properties: ['tenantId', 'featureKey', 'at'] }],
  properties: {
    tenantId: id().primary(),
    at: instant().primary(),
    id: text().primary(),
    featureKey: text(),
    amount: quantity(),
    receivedAt: instant(),
    callerId: text().nullable(),
    /** What was used, of a feature that counts different ones. */
    resource: text().nullable(),
    properties: p.json<Record<string, string | number | boolean>>().nullable(),
  },
})
export class UsageEvent extends UsageEventSchema.class {}
UsageEventSchema.setClass(UsageEvent)

/** The ids of usage events over all months, so that each is counted once whatever month it is sent again in. */
const UsageEventKeySchema = defineEntity({
  name: 'UsageEventKey',
  tableName: 'usage_event_key',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    id: text().primary(),
    /** Of the event, which finds its month. */
    at: instant(),
    contentHash: text(),
    /** When it was last sent again, to about a minute. */
    repeatedAt: instant().nullable(),
  },
})
export class UsageEventKey extends UsageEventKeySchema.class {}
UsageEventKeySchema.setClass(UsageEventKey)

/** Use per hour, kept by the same commit that counts it. */
const UsageHourSchema = defineEntity({
  name: 'UsageHour',
  tableName: 'usage_hour',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    hour: instant().primary(),
    callerId: text().primary(),
    units: quantity(),
  },
})
export class UsageHour extends UsageHourSchema.class {}
UsageHourSchema.setClass(UsageHour)

/** Use per day, UTC, summed up from the hours of days that can change no more. */
const UsageDaySchema = defineEntity({
  name: 'UsageDay',
  tableName: 'usage_day',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    day: p.date().primary(),
    callerId: text().primary(),
    units: quantity(),
  },
})
export class UsageDay extends UsageDaySchema.class {}
UsageDaySchema.setClass(UsageDay)

/** How far sums were made of finer sums: all before `until` is in them. */
const UsageRollupSchema = defineEntity({
  name: 'UsageRollup',
  tableName: 'usage_rollup',
  properties: { name: text().primary(), until: instant() },
})
export class UsageRollup extends UsageRollupSchema.class {}
UsageRollupSchema.setClass(UsageRollup)

/** Usage events that were refused, a row for each id and reason, so that whoever sent one can be told why it was not counted. */
const UsageRejectionSchema = defineEntity({
  name: 'UsageRejection',
  tableName: 'usage_rejection',
  ...tenantWall(),
  indexes: [{ properties: ['tenantId', 'lastAt', 'eventId'] }],
  properties: {
    tenantId: id().primary(),
    eventId: text().primary(),
    code: text().primary(),
    /** The field at fault. */
    field: text(),
    /** As it was sent, which need be no feature there is. */
    featureKey: text(),
    amount: quantity(),
    /** When it was said to have happened. */
    happenedAt: instant().nullable(),
    callerId: text(),
    firstAt: instant(),
    lastAt: instant(),
    times: p.integer().default(1),
  },
})
export class UsageRejection extends UsageRejectionSchema.class {}
UsageRejectionSchema.setClass(UsageRejection)

/** Denials, and a sample of grants. */
const DecisionLogSchema = defineEntity({
  name: 'DecisionLog',
  tableName: 'decision_log',
  ...tenantWall(),
  indexes: [{ properties: ['tenantId', 'at'] }],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    featureKey: text(),
    amount: quantity(),
    allowed: p.boolean(),
    code: text(),
    step: text().nullable(),
    callerId: text(),
    requestId: text().nullable(),
    at: instant(),
  },
})
export class DecisionLog extends DecisionLogSchema.class {}
DecisionLogSchema.setClass(DecisionLog)

/** That a tenant was told how much of a quota it has used in a window, so that it is told once. */
const QuotaNoticeSchema = defineEntity({
  name: 'QuotaNotice',
  tableName: 'quota_notice',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    windowStart: instant().primary(),
    /** Of the limit. */
    percent: p.integer().primary(),
    at: instant(),
  },
})
export class QuotaNotice extends QuotaNoticeSchema.class {}
QuotaNoticeSchema.setClass(QuotaNotice)

export const quotaEntities = [
  Entitlement,
  EntitlementOverride,
  Balance,
  QuotaEntry,
  QuotaGrant,
  QuotaLease,
  UsageCap,
  SpendCap,
  RateWindow,
  SeenResource,
  GaugeHold,
  UsageCorrection,
  QuotaRequest,
  Reservation,
  UsageEvent,
  UsageHour,
  DecisionLog,
  UsageEventKey,
  UsageDay,
  UsageRollup,
  UsageRejection,
  QuotaNotice,
]
