import { User } from '@tollkeeper/db'
import type { ResetPasswordInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { identityOf } from '../identity/identity.ts'
import { dropMailTokens, ownerOfMailToken, takeMailToken } from '../mail-token/mail-token.ts'
import { assertPasswordAllowed } from '../password/password-policy.ts'
import { wordsAround } from '../password/words-around.ts'
import { endSessionsOf } from '../session/end-session.ts'
import { lockPerson } from './lock-person.ts'
import { setPassword } from './password-of.ts'
import { startOver } from './start-over.ts'
import { tellPasswordChanged } from './tell-password-changed.ts'

/**
 * Sets a password by the link of a mail. Every session, refresh token and other link of the person ends with it, and they are told.
 * @throws AppError auth.link_invalid, auth.link_expired, auth.password_refused, auth.user_suspended, auth.overloaded
 */
export async function resetPassword(ctx: RequestContext, { token, password }: ResetPasswordInput): Promise<{ email: string }> {
  const { services, requestId } = ctx
  const person = await inSystem(services, async (em) => em.findOne(User, await ownerOfMailToken(em, 'reset_password', token)))
  if (!person) throw new AppError('auth.link_invalid')
  assertPasswordAllowed(password, { ...person, words: await wordsAround(services, person.id) })
  const passwordHash = await identityOf(services).passwords.hash(password)
  return inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, person.id)
    await takeMailToken(em, 'reset_password', token, now)
    if (!user.emailVerified) await startOver(em, user, now)
    await setPassword(em, user.id, passwordHash, now)
    user.updatedAt = now
    await dropMailTokens(em, user.id)
    await endSessionsOf(em, user.id, { except: null, reason: 'password_reset', now })
    await tellPasswordChanged(em, services, user)
    writeAudit(em, {
      tenantId: null,
      action: 'user.password_reset',
      target: user.id,
      caller: 'system',
      requestId,
      at: now,
    })
    return { email: user.email }
  })
}
