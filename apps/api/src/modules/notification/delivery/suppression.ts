import type { Services } from '../../../kernel/services.ts'

/** Puts an address on the list of those that take no mail. */
export async function suppress({ pool, clock }: Services, address: string, mailId: string, reason: string): Promise<void> {
  await pool.query(
    `insert into mail_suppression (address, reason, mail_id, created_at) values (lower($1), $2, $3, $4)
     on conflict (address) do update set reason = excluded.reason, mail_id = excluded.mail_id, created_at = excluded.created_at`,
    [address, reason, mailId, clock.now()],
  )
}

/** A message that arrived shows that the address takes mail again. */
export async function unsuppress({ pool }: Services, address: string): Promise<void> {
  await pool.query('delete from mail_suppression where address = lower($1)', [address])
}

/**
 * Takes what may not be sent out of the queue: mails a person can do without, to addresses that take none. What somebody's safety
 * needs is tried all the same, once each time it is called for, and puts the address right when it arrives.
 */
export async function holdBackSuppressed({ pool }: Services): Promise<void> {
  await pool.query(
    `update email_message set state = 'suppressed', next_attempt_at = null, text_body = '', html_body = ''
     where state = 'queued' and not security and exists (select from mail_suppression s where s.address = lower(recipient))`,
  )
}
