import { Session } from '@tollkeeper/db'
import type { CheckYourMail } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { sendResetMail } from '../account/send-reset-mail.ts'
import { ownerOfMailToken, takeMailToken } from '../mail-token/mail-token.ts'
import { endSession } from './end-session.ts'

/**
 * Ends the sign-in that a mail told of, by the link in it, and mails a link for a new password.
 * @throws AppError auth.link_invalid, auth.link_expired, auth.user_suspended
 */
export async function notMe({ services, requestId }: RequestContext, { token }: { token: string }): Promise<CheckYourMail> {
  const userId = await inSystem(services, (em) => ownerOfMailToken(em, 'not_me', token))
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, userId)
    const { subject: sessionId } = await takeMailToken(em, 'not_me', token, now)
    if (sessionId !== null && (await em.count(Session, { id: sessionId, userId })) > 0) {
      await endSession(em, { sessionId, userId }, 'not_me', now)
    }
    await sendResetMail(em, services, user)
    const target = sessionId === null ? {} : { target: sessionId }
    writeAudit(em, { tenantId: null, action: 'session.disowned', ...target, caller: 'system', requestId, at: now })
  })
  return { status: 'check_your_mail' }
}
