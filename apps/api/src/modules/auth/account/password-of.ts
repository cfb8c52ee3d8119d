import type { EntityManager } from '@mikro-orm/postgresql'
import { Account } from '@tollkeeper/db'
import { newId } from '../../../kernel/new-id.ts'

/** The hash of a person's password; null for who comes by a provider alone. */
export async function passwordOf(em: EntityManager, userId: string): Promise<string | null> {
  const account = await em.findOne(Account, { userId, providerId: 'credential' }, { refresh: true })
  return account?.password ?? null
}

/** Sets a person's password, their first or another one. */
export async function setPassword(em: EntityManager, userId: string, passwordHash: string, now: Date): Promise<void> {
  const known = await em.findOne(Account, { userId, providerId: 'credential' })
  if (known) {
    known.password = passwordHash
    known.updatedAt = now
    return
  }
  em.create(Account, {
    id: newId('account', now.getTime()),
    userId,
    providerId: 'credential',
    accountId: userId,
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  })
}
