import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { User } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'

/**
 * Holds a person's row until the end of the transaction: of two changes of their credentials one waits, and a session that is being
 * made for them is there before, or comes after. @throws AppError auth.link_invalid for nobody, auth.user_suspended
 */
export async function lockPerson(em: EntityManager, userId: string): Promise<User> {
  const user = await em.findOne(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!user) throw new AppError('auth.link_invalid')
  if (user.status !== 'active') throw new AppError('auth.user_suspended')
  return user
}
