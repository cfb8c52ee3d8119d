import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'

const DAY_MS = 86_400_000
const LOGIN_HISTORY_DAYS = 180
/** Tables of what is worth nothing once its time is over. */
const EXPIRING = [
  'registration',
  'mail_token',
  'sign_in_challenge',
  'mail_sign_in',
  'passkey_challenge',
  'provider_attempt',
  'step_up_code',
  'verification',
  'signing_key',
]

/**
 * Deletes what can never be used again: expired sessions, codes, proofs, refresh families and signing keys, and old login history. It
 * waits for nobody: a row that somebody holds is deleted the next time.
 */
export async function sweepAuth(services: Services): Promise<void> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const drop = (table: string, condition: string, before: Date) =>
      em.execute(`delete from ${table} where ctid in (select ctid from ${table} t where ${condition} for update skip locked)`, [
        before,
      ])
    const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
    for (const table of EXPIRING) await drop(table, 'expires_at < ?', now)
    // a code goes with its session: one that somebody holds keeps it
    await drop('session', 'expires_at < ? and not exists (select 1 from step_up_code c where c.session_id = t.id)', now)
    await drop('device_code', 'expires_at < ?', daysAgo(1))
    await drop('refresh_family', 'expires_at < ?', daysAgo(30))
    await drop('login_event', 'at < ?', daysAgo(LOGIN_HISTORY_DAYS))
  })
}
