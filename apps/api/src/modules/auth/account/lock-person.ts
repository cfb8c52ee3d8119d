import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { User } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'

/**
 * Holds a person's row until the end of the transaction: of two changes of their credentials one waits, and a session that is being
 * made for them is there before, or comes after. Whatever is theirs is touched only after it, also by what adds a row that refers to
 * them, so that no two transactions wait for each other: an address first (see holdAddress), then its person, then what is theirs.
 * @throws AppError auth.link_invalid for nobody, auth.user_suspended
 */
export async function lockPerson(em: EntityManager, userId: string): Promise<User> {
  const user = await lockWhere(em, { id: userId })
  if (!user) throw new AppError('auth.link_invalid')
  return active(user)
}

/** The same for who has an address. @returns null for nobody @throws AppError auth.user_suspended */
export async function lockPersonOf(em: EntityManager, email: string): Promise<User | null> {
  const user = await lockWhere(em, { email })
  return user && active(user)
}

/** The same to end what is theirs, which may be done to anybody. */
export async function holdPerson(em: EntityManager, userId: string): Promise<void> {
  await em.execute('select 1 from "user" where id = ? for update', [userId])
}

function lockWhere(em: EntityManager, which: { id: string } | { email: string }): Promise<User | null> {
  return em.findOne(User, which, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
}

function active(user: User): User {
  if (user.status !== 'active') throw new AppError('auth.user_suspended')
  return user
}
