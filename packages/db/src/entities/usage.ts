import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, quantity, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

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
    /** Whom a key reported it for. */
    memberId: text().nullable(),
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
    /** Whom a key acted for; empty where whoever acted, acted for themselves. */
    memberId: text().primary().default(''),
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
    memberId: text().primary().default(''),
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

export const usageEntities = [UsageEvent, UsageEventKey, UsageCorrection, UsageRejection, UsageHour, UsageDay, UsageRollup]
