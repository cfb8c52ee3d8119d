import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'

const DAY_MS = 86_400_000
const LOGIN_HISTORY_DAYS = 180

/** Deletes what can never be used again: expired sessions, codes, proofs and refresh families, and old login history. */
export async function sweepAuth(services: Services): Promise<void> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const monthAgo = new Date(now.getTime() - 30 * DAY_MS)
    await em.execute('delete from session where expires_at < ?', [now])
    await em.execute('delete from registration where expires_at < ?', [now])
    await em.execute('delete from mail_token where expires_at < ?', [now])
    await em.execute('delete from sign_in_challenge where expires_at < ?', [now])
    for (const table of ['mail_sign_in', 'passkey_challenge', 'provider_attempt', 'step_up_code']) {
      await em.execute(`delete from ${table} where expires_at < ?`, [now])
    }
    await em.execute('delete from verification where expires_at < ?', [now])
    await em.execute('delete from device_code where expires_at < ?', [new Date(now.getTime() - DAY_MS)])
    await em.execute('delete from refresh_family where expires_at < ?', [monthAgo])
    await em.execute('delete from login_event where at < ?', [new Date(now.getTime() - LOGIN_HISTORY_DAYS * DAY_MS)])
  })
}
