import type { Place } from './place.ts'

/** What was written down about what they did, and what was sent to them. */
export const recordPlaces: Record<string, Place> = {
  login_event: {
    read: `select id, method, outcome, reason, ip_address, user_agent, at from login_event
      where user_id = :userId or identifier_hash = :emailHash`,
    pagedBy: ['id'],
    erase: 'delete from login_event where user_id = :userId or identifier_hash = :emailHash',
  },
  email_message: {
    read: `select id, template, recipient, subject, state, created_at, sent_at from email_message
      where user_id = :userId or lower(recipient) = :email`,
    pagedBy: ['id'],
    erase: 'delete from email_message where user_id = :userId or lower(recipient) = :email',
  },
  mail_suppression: {
    read: 'select reason, created_at from mail_suppression where address = :email',
    erase: 'delete from mail_suppression where address = :email',
  },
  audit_entry: {
    read: `select id, tenant_id, action, actor_kind, target, details, at from audit_entry
      where actor_id = :userId or target = :userId`,
    pagedBy: ['id'],
    // what happened stays, told of an id that leads nowhere; the words in which it was told go
    erase: 'select erase_audit_words(:userId, :tenantId, :email, :name)',
  },
  idempotency_record: { erase: 'delete from idempotency_record where caller_id = :userId' },
}
