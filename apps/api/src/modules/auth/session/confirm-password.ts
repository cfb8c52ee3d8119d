import { User } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { passwordOf } from '../account/password-of.ts'
import { beginAttempt } from '../attempt/login-attempt.ts'
import { identityOf } from '../identity/identity.ts'

/**
 * Asks for the caller's password again, before a change that a stolen session must not make. It counts against the same brakes as a
 * sign-in, so it is no way around them.
 * @param field the input the password came in, for the fault
 * @returns the person, and the hash that was proved
 * @throws AppError auth.password_wrong, auth.password_missing, rate.limited, auth.overloaded
 */
export async function confirmPassword(
  ctx: UserContext,
  password: string,
  field: string,
): Promise<{ user: User; passwordHash: string }> {
  const { services, caller } = ctx
  const { user, passwordHash } = await inSystem(services, async (em) => ({
    user: await em.findOne(User, { id: caller.userId }),
    passwordHash: await passwordOf(em, caller.userId),
  }))
  if (!user) throw new AppError('auth.session_ended')
  if (passwordHash === null) throw new AppError('auth.password_missing')
  const attempt = await beginAttempt(ctx, user.email, 'confirmation')
  if (!(await identityOf(services).passwords.verify(passwordHash, password))) {
    await attempt.failed('wrong_password', user.id)
    throw new AppError('auth.password_wrong', { faults: [{ path: field, message: 'is not the password of this account' }] })
  }
  await attempt.succeeded(user.id)
  return { user, passwordHash }
}
