import { inSystem } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'

const DAY_MS = 86_400_000
const SETTLED_KEPT_DAYS = 30
/** Longer, as somebody may want to send it again. */
const GIVEN_UP_KEPT_DAYS = 90

/** Deletes mails whose fate is settled: whom a mail went to is about a person too, and is kept no longer than it serves. */
export async function forgetOldMail(services: Services): Promise<void> {
  const now = services.clock.now().getTime()
  const daysAgo = (days: number) => new Date(now - days * DAY_MS)
  await inSystem(services, async (em) => {
    await em.execute(`delete from email_message where state in ('sent', 'suppressed', 'mailbox') and created_at < ?`, [
      daysAgo(SETTLED_KEPT_DAYS),
    ])
    await em.execute(`delete from email_message where state in ('dead', 'bounced') and created_at < ?`, [
      daysAgo(GIVEN_UP_KEPT_DAYS),
    ])
  })
}
