import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, quantity, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

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
    /** Digest of what was asked besides feature and amount; empty: nothing; null: it was not kept. */
    askedOf: text().nullable(),
    /** What a refusal was told would help. */
    remedies: p.json<object[]>().nullable(),
    /** Seconds for which units were to be held; null: they were to be used at once. */
    expiresIn: p.integer().nullable(),
    reservationId: text().nullable(),
    at: instant(),
  },
})
export class QuotaRequest extends QuotaRequestSchema.class {}
QuotaRequestSchema.setClass(QuotaRequest)

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

export const decisionEntities = [QuotaRequest, DecisionLog, QuotaNotice]
