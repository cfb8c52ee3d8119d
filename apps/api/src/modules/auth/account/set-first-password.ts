import { User } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { identityOf } from '../identity/identity.ts'
import { dropMailTokens } from '../mail-token/mail-token.ts'
import { assertPasswordAllowed } from '../password/password-policy.ts'
import { lockPerson } from './lock-person.ts'
import { passwordOf, setPassword } from './password-of.ts'
import { tellWayInChanged } from './tell-way-in-changed.ts'

/**
 * Sets the password of who came another way and has none. There is none to be asked for, so they must have proved who they are a
 * moment ago. They are told by mail, and a link that was mailed to set one works no more.
 * @throws AppError auth.password_set, auth.password_refused, auth.overloaded
 */
export async function setFirstPassword(ctx: UserContext, { newPassword }: { newPassword: string }): Promise<{ done: true }> {
  const { services, caller, requestId } = ctx
  const person = await inSystem(services, (em) => em.findOne(User, { id: caller.userId }))
  if (!person) throw new AppError('auth.session_ended')
  assertPasswordAllowed(newPassword, person, 'newPassword')
  const passwordHash = await identityOf(services).passwords.hash(newPassword)
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, person.id)
    if ((await passwordOf(em, user.id)) !== null) throw new AppError('auth.password_set')
    await setPassword(em, user.id, passwordHash, now)
    await dropMailTokens(em, user.id, 'reset_password')
    await tellWayInChanged(em, services, user, { change: 'added', way: 'password' })
    writeAudit(em, { tenantId: null, action: 'user.password_set', target: user.id, caller, requestId, at: now })
  })
  return { done: true }
}
