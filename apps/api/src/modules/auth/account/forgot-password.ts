import { setTimeout as sleep } from 'node:timers/promises'
import { LockMode } from '@mikro-orm/core'
import { User } from '@tollkeeper/db'
import type { CheckYourMail } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { canonicalEmail } from '../registration/email-address.ts'
import { sendResetMail } from './send-reset-mail.ts'

/** Longer than the work takes, so that the time of the answer does not tell whether there was any. */
const ANSWER_AFTER_MS = 150

/** Mails the link that sets a password to the address, if there is an account for it. The answer is the same if there is none. */
export async function forgotPassword(ctx: RequestContext, { email }: { email: string }): Promise<CheckYourMail> {
  await Promise.all([sleep(ANSWER_AFTER_MS), sendLink(ctx, canonicalEmail(email))])
  return { status: 'check_your_mail' }
}

async function sendLink({ services, caller, requestId }: RequestContext, email: string): Promise<void> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await em.findOne(User, { email, status: 'active' }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const outcome = !user ? 'no_account' : (await sendResetMail(em, services, user)) ? 'mail_sent' : 'mail_withheld'
    writeAudit(em, {
      tenantId: null,
      action: 'user.password_reset_asked',
      ...(user ? { target: user.id } : {}),
      details: { outcome },
      caller,
      requestId,
      at: now,
    })
  })
}
