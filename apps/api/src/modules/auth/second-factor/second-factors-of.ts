import type { EntityManager } from '@mikro-orm/postgresql'
import { BackupCode, TotpFactor } from '@tollkeeper/db'
import type { PendingSignIn } from '@tollkeeper/shared'

/** What a person can prove beside their first factor. Empty: they have no second one, so none is asked for. */
export async function secondFactorsOf(em: EntityManager, userId: string): Promise<PendingSignIn['methods']> {
  if ((await em.count(TotpFactor, { userId, confirmedAt: { $ne: null } })) === 0) return []
  return (await em.count(BackupCode, { userId })) > 0 ? ['totp', 'backup_code'] : ['totp']
}
