import type { EntityManager } from '@mikro-orm/postgresql'
import { Member } from '@tollkeeper/db'
import type { JoinedTenant, TenantRole } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { Services } from '../../../kernel/services.ts'
import { oneMemberChangeAtATime } from './policy.ts'
import { assertSeatFree } from './seats.ts'

interface Joining {
  tenantId: string
  userId: string
  role: TenantRole
  now: Date
}

/**
 * Makes a person a member, with the seat that takes, in the caller's transaction. The one way into a tenant that exists.
 * @throws AppError member.exists, tenant.no_seat
 */
export async function join(em: EntityManager, services: Services, joining: Joining): Promise<JoinedTenant> {
  const { tenantId, userId, role, now } = joining
  await oneMemberChangeAtATime(em, tenantId)
  if ((await em.count(Member, { tenantId, userId })) > 0) throw new AppError('member.exists')
  await assertSeatFree(em, services, tenantId)
  const member = em.create(Member, { tenantId, id: newId('member', now.getTime()), userId, role, joinedAt: now })
  announceChange(em, 'member', userId)
  await em.flush()
  return { tenantId, memberId: member.id, role }
}
