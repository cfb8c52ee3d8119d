import { defineEntity, p } from '@mikro-orm/core'
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
    planKey: text(),
    planVersionId: text(),
    source: text(),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class Entitlement extends EntitlementSchema.class {}
EntitlementSchema.setClass(Entitlement)

/** The state of one quota in one window. A projection of the ledger, guarded by a CHECK that use never passes what is granted. */
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
  ],
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    windowStart: instant().primary(),
    /** Null: the window never ends. */
    windowEnd: instant().nullable(),
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
    kind: text(),
    units: quantity().nullable(),
    callerId: text().nullable(),
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
    resetsAt: instant().nullable(),
    /** Seconds for which units were to be held; null: they were to be used at once. */
    expiresIn: p.integer().nullable(),
    reservationId: text().nullable(),
    at: instant(),
  },
})
export class QuotaRequest extends QuotaRequestSchema.class {}
QuotaRequestSchema.setClass(QuotaRequest)

/** Units of one balance, held until they are committed, released, or their time is over. Changed under the balance's lock only. */
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
    featureKey: text(),
    windowStart: instant(),
    state: text().default('held'),
    units: quantity(),
    used: quantity().defaultRaw('0'),
    callerId: text(),
    decisionId: text(),
    createdAt: instant(),
    expiresAt: instant(),
    settledAt: instant().nullable(),
  },
})
export class Reservation extends ReservationSchema.class {}
ReservationSchema.setClass(Reservation)

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
  Balance,
  QuotaEntry,
  QuotaRequest,
  Reservation,
  UsageEvent,
  UsageEventKey,
  UsageHour,
  UsageDay,
  UsageRollup,
  UsageRejection,
  DecisionLog,
  QuotaNotice,
]
