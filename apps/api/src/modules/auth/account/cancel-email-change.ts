import type { CheckYourMail } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { dropMailTokens, ownerOfMailToken, takeMailToken } from '../mail-token/mail-token.ts'
import { endSessionsOf } from '../session/end-session.ts'
import { lockPerson } from './lock-person.ts'
import { sendResetMail } from './send-reset-mail.ts'

/**
 * Stops a change of address, by the link that was mailed to the old one. Who asked for it knew the password, so every session ends
 * and a link for a new password is mailed.
 * @throws AppError auth.link_invalid (also once the change has taken effect), auth.link_expired, auth.user_suspended
 */
export async function cancelEmailChange(
  { services, requestId }: RequestContext,
  { token }: { token: string },
): Promise<CheckYourMail> {
  const userId = await inSystem(services, (em) => ownerOfMailToken(em, 'cancel_email_change', token))
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, userId)
    await takeMailToken(em, 'cancel_email_change', token, now)
    await dropMailTokens(em, user.id, 'change_email')
    await endSessionsOf(em, user.id, { except: null, reason: 'email_change_cancelled', now })
    await sendResetMail(em, services, user)
    writeAudit(em, { tenantId: null, action: 'user.email_change_cancelled', target: user.id, caller: 'system', requestId, at: now })
  })
  return { status: 'check_your_mail' }
}
