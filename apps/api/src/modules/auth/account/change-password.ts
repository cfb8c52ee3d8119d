import type { ChangePasswordInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { identityOf } from '../identity/identity.ts'
import { dropMailTokens } from '../mail-token/mail-token.ts'
import { assertPasswordAllowed } from '../password/password-policy.ts'
import { wordsAround } from '../password/words-around.ts'
import { confirmPassword } from '../session/confirm-password.ts'
import { endSessionsOf } from '../session/end-session.ts'
import { lockPerson } from './lock-person.ts'
import { passwordOf, setPassword } from './password-of.ts'
import { tellPasswordChanged } from './tell-password-changed.ts'

/**
 * Changes the caller's password. The session that asks goes on; every other one, its refresh tokens and every mailed link end.
 * @throws AppError as confirmPassword, auth.password_refused
 */
export async function changePassword(ctx: UserContext, input: ChangePasswordInput): Promise<{ done: true }> {
  const { services, caller, requestId } = ctx
  const { user: person, passwordHash: proved } = await confirmPassword(ctx, input.currentPassword, 'currentPassword')
  assertPasswordAllowed(input.newPassword, { ...person, words: await wordsAround(services, person.id) }, 'newPassword')
  const passwordHash = await identityOf(services).passwords.hash(input.newPassword)
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, person.id)
    if ((await passwordOf(em, user.id)) !== proved) throw new AppError('auth.password_wrong')
    await setPassword(em, user.id, passwordHash, now)
    await dropMailTokens(em, user.id)
    await endSessionsOf(em, user.id, { except: caller.sessionId, reason: 'password_changed', now })
    await tellPasswordChanged(em, services, user)
    writeAudit(em, { tenantId: null, action: 'user.password_changed', target: user.id, caller, requestId, at: now })
  })
  return { done: true }
}
