import { LockMode } from '@mikro-orm/core'
import { EmailMessage, MailSuppression } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'

/**
 * Puts a mail that was given up back into the queue, as it was written; a link in it may have expired since.
 * @throws AppError mail.not_found; mail.not_resendable for one that was sent, waits, or is kept no more; mail.suppressed
 */
export async function resendMail({ services, caller, requestId }: UserContext, id: string): Promise<{ done: true }> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const mail = await em.findOne(EmailMessage, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!mail) throw new AppError('mail.not_found')
    if (!['dead', 'bounced'].includes(mail.state) || mail.text === '') throw new AppError('mail.not_resendable')
    if (!mail.security && (await em.count(MailSuppression, { address: mail.to.toLowerCase() })) > 0)
      throw new AppError('mail.suppressed')
    em.assign(mail, { state: 'queued', attempts: 0, error: null, nextAttemptAt: now })
    writeAudit(em, { tenantId: null, action: 'mail.resent', target: id, caller, requestId, at: now })
  })
  return { done: true }
}
