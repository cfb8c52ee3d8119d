import type { EntityManager } from '@mikro-orm/postgresql'
import { Member } from '@tollkeeper/db'
import { oneMemberChangeAtATime } from './policy.ts'

/**
 * Holds every tenant somebody belongs to, in whatever role, until the end of the transaction: as long as nobody's role in them
 * changes, what is read of their owners stays true. One after the other in the order of their ids, as two people who go may share
 * several. The caller has locked the person's row, so that they join none meanwhile.
 */
export async function holdTenantsOf(em: EntityManager, userId: string): Promise<void> {
  const members = await em.find(Member, { userId }, { fields: ['tenantId'], orderBy: { tenantId: 'asc' } })
  for (const { tenantId } of members) await oneMemberChangeAtATime(em, tenantId)
}
