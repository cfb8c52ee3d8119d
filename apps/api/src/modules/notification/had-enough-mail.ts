import type { EntityManager } from '@mikro-orm/postgresql'
import { EmailMessage } from '@tollkeeper/db'
import type { Services } from '../../kernel/services.ts'
import type { TemplateName } from './templates/index.ts'

/** Mails one address gets in an hour because somebody typed it in: enough for a person who mistypes, too few to bury one. */
const MOST_MAILS = 6

/**
 * Whether an address has had its share of the mails, of some kinds, that anybody can cause. Who asks goes on alone until the end of the transaction,
 * so that many at once get no more. Only in the server's own transactions.
 */
export async function hasHadEnoughMail(
  em: EntityManager,
  { clock }: Pick<Services, 'clock'>,
  email: string,
  templates: readonly TemplateName[],
): Promise<boolean> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`mail to ${email}`])
  const since = new Date(clock.now().getTime() - 3_600_000)
  const had = await em.count(EmailMessage, { to: email, createdAt: { $gt: since }, template: { $in: [...templates] } })
  return had >= MOST_MAILS
}
