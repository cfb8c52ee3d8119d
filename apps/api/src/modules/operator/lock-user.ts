import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { User } from '@tollkeeper/db'
import { AppError } from '../../kernel/app-error.ts'

/** Holds a person's row until the end of the transaction, whatever their status. @throws AppError user.not_found, for nobody and for who is erased */
export async function lockUser(em: EntityManager, id: string): Promise<User> {
  const user = await em.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!user || user.erasedAt) throw new AppError('user.not_found')
  return user
}
