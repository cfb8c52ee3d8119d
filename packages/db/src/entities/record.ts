import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

/** Who did what. Written in the transaction of the change, never changed after. */
const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  ...tenantWall(),
  indexes: [{ properties: ['tenantId', 'at'] }, { properties: ['actorId', 'at'] }, { properties: ['target', 'at'] }],
  properties: {
    id: id().primary(),
    tenantId: text().nullable(),
    action: text(),
    actorKind: text(),
    actorId: text().nullable(),
    /** The operator who acted as the actor. */
    impersonatorId: text().nullable(),
    target: text().nullable(),
    details: p.json<Record<string, string | number | boolean | null>>(),
    requestId: text().nullable(),
    at: instant(),
  },
})
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry)

/** A mail to be sent, written in the transaction that wants it sent. In development the mailbox page shows these. */
const EmailMessageSchema = defineEntity({
  name: 'EmailMessage',
  tableName: 'email_message',
  indexes: [{ properties: ['state', 'nextAttemptAt'] }, { properties: ['to', 'createdAt'] }, { properties: ['userId'] }],
  properties: {
    id: id().primary(),
    template: text(),
    /** Whose account it is about; null where there is none yet. */
    userId: text().nullable(),
    /** It is sent whatever the person has chosen, and to addresses that refused mail before. */
    security: p.boolean().default(true),
    to: text().fieldName('recipient'),
    subject: text(),
    /** Both bodies are sealed with the server's secret: the links in them are keys. */
    text: text().fieldName('text_body'),
    html: text().fieldName('html_body'),
    dedupeKey: text().nullable().unique(),
    state: text().default('queued'),
    attempts: p.integer().default(0),
    error: text().nullable(),
    createdAt: instant(),
    nextAttemptAt: instant().nullable(),
    sentAt: instant().nullable(),
  },
})
export class EmailMessage extends EmailMessageSchema.class {}
EmailMessageSchema.setClass(EmailMessage)

/** An address whose server said that it takes no mail: nothing but what its owner's safety needs is sent there. */
const MailSuppressionSchema = defineEntity({
  name: 'MailSuppression',
  tableName: 'mail_suppression',
  properties: {
    /** In lower case. */
    address: text().primary(),
    /** What the server answered. */
    reason: text(),
    /** The mail that was refused. */
    mailId: text().nullable(),
    createdAt: instant(),
  },
})
export class MailSuppression extends MailSuppressionSchema.class {}
MailSuppressionSchema.setClass(MailSuppression)

/** The stored answer of a mutation that came with an Idempotency-Key, written in the mutation's own transaction. */
const IdempotencyRecordSchema = defineEntity({
  name: 'IdempotencyRecord',
  tableName: 'idempotency_record',
  properties: {
    callerId: text().primary(),
    key: text().primary(),
    procedure: text(),
    requestHash: text(),
    answer: p.json<unknown>().nullable(),
    repeatable: p.boolean().default(true),
    at: instant(),
  },
})
export class IdempotencyRecord extends IdempotencyRecordSchema.class {}
IdempotencyRecordSchema.setClass(IdempotencyRecord)

/**
 * What changed that a node may hold in memory: keys, sessions, members, entitlements. Written in the transaction of the
 * change; every node reads on from where it was, so nothing depends on a notification arriving.
 */
const ChangeSchema = defineEntity({
  name: 'Change',
  tableName: 'change',
  indexes: [{ properties: ['transactionId'] }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    transactionId: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
    kind: text(),
    subject: text(),
    at: instant().defaultRaw('now()'),
  },
})
export class Change extends ChangeSchema.class {}
ChangeSchema.setClass(Change)

export const recordEntities = [AuditEntry, EmailMessage, MailSuppression, IdempotencyRecord, Change]
