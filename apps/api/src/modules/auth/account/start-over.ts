import type { EntityManager } from '@mikro-orm/postgresql'
import { Account, Passkey, type User } from '@tollkeeper/db'
import { forgetSecondFactor } from '../second-factor/forget-second-factor.ts'
import { endSessionsOf } from '../session/end-session.ts'

/**
 * The address of an account was proved for the first time. Who put into it what was there before is not known, so none of it is a
 * way in any more, and nothing of it is asked for: no password, no account at a provider, no passkey, no second factor, no session.
 * The person's row is held by the caller.
 */
export async function startOver(em: EntityManager, user: User, now: Date): Promise<void> {
  user.emailVerified = true
  user.updatedAt = now
  await em.nativeDelete(Account, { userId: user.id })
  await em.nativeDelete(Passkey, { userId: user.id })
  await forgetSecondFactor(em, user.id)
  await endSessionsOf(em, user.id, { except: null, reason: 'address_proved', now })
}
