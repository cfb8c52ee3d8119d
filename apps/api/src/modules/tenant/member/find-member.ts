import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Member } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'

/** Holds a member's row until the end of the transaction. @throws AppError member.not_found, the same for one of others as for none */
export async function findMember(em: EntityManager, tenantId: string, id: string): Promise<Member> {
  const member = await em.findOne(Member, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  if (!member) throw new AppError('member.not_found')
  return member
}
