import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { MailSignIn, Registration, User } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { enqueueMail, readerOf, writeInstant } from '../../notification/index.ts'
import { dropMailTokens, factOfMailToken, takeMailToken } from '../mail-token/mail-token.ts'
import { holdAddress } from '../registration/hold-address.ts'
import { endSessionsOf } from '../session/end-session.ts'
import { lockPerson } from './lock-person.ts'

/**
 * Gives a person the address they have just proved. The session that asked for it goes on, every other one ends, and so does every
 * link that was mailed to the old address, which is told.
 * @throws AppError auth.link_invalid, auth.link_expired, auth.email_taken, auth.user_suspended
 */
export async function confirmEmail(
  { services, requestId }: RequestContext,
  { token }: { token: string },
): Promise<{ email: string }> {
  const { userId, subject: newEmail } = await inSystem(services, (em) => factOfMailToken(em, 'change_email', token))
  if (newEmail === null) throw new AppError('auth.link_invalid')
  return inSystemTransaction(services, async ({ em, now }) => {
    await holdAddress(em, newEmail)
    const user = await lockPerson(em, userId)
    const { sessionId } = await takeMailToken(em, 'change_email', token, now)
    const oldEmail = user.email
    await moveTo(em, user, newEmail, now)
    await dropMailTokens(em, user.id)
    await em.nativeDelete(MailSignIn, { email: oldEmail })
    await endSessionsOf(em, user.id, { except: sessionId, reason: 'email_changed', now })
    const reader = await readerOf(em, user.id)
    await enqueueMail(em, services, {
      to: oldEmail,
      userId: user.id,
      template: 'email-changed',
      data: { name: user.name, newEmail, at: writeInstant(reader, now) },
      locale: reader.locale,
    })
    writeAudit(em, { tenantId: null, action: 'user.email_changed', target: user.id, caller: 'system', requestId, at: now })
    return { email: newEmail }
  })
}

/** Of several who want one address the first gets it, whichever way the others come. It is held by the caller. */
async function moveTo(em: EntityManager, user: User, email: string, now: Date): Promise<void> {
  if ((await em.count(User, { email })) > 0) throw new AppError('auth.email_taken')
  await em.nativeDelete(Registration, { email })
  user.email = email
  user.emailVerified = true
  user.updatedAt = now
  try {
    await em.flush()
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw new AppError('auth.email_taken', { cause: error })
    throw error
  }
}
