import type { EntityManager } from '@mikro-orm/postgresql'
import type { Member } from '@tollkeeper/db'
import type { MemberView, SetMemberRoleInput, TenantRole } from '@tollkeeper/shared'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/in-transaction.ts'
import { recordAudit } from '../../audit/index.ts'
import { endInvitationsOf } from '../invitation/end-invitations-of.ts'
import { findMember } from './find-member.ts'
import { readMember } from './list-members.ts'
import { assertCovers, assertOwnerMayGo, oneMemberChangeAtATime, roleAsOfNow } from './policy.ts'

/**
 * Gives a member another role. Nobody gives, takes or acts on more than they hold.
 * @throws AppError member.not_found, member.beyond_role, tenant.last_owner, tenant.personal
 */
export function setMemberRole(ctx: TenantContext, { id, role }: SetMemberRoleInput): Promise<MemberView> {
  return inTransaction(ctx, async (tx) => {
    const { em, tenantId, now } = tx
    await oneMemberChangeAtATime(em, tenantId)
    const held = await roleAsOfNow(em, ctx, 'member:write')
    const member = await findMember(em, tenantId, id)
    assertCovers(held, member.role)
    assertCovers(held, role)
    const before = member.role
    if (before !== role) {
      if (role !== 'owner') await assertOwnerMayGo(em, member)
      await giveRole(em, member, role, now)
      recordAudit(tx, { action: 'member.role_set', target: id, details: { userId: member.userId, before, after: role } })
      await em.flush()
    }
    return readMember(em, tenantId, id, now)
  })
}

/** Also ends what the member offers to others and, with the new role, could not. */
export async function giveRole(em: EntityManager, member: Member, role: TenantRole, now: Date): Promise<void> {
  member.role = role
  await endInvitationsOf(em, { tenantId: member.tenantId, userId: member.userId, role, now })
  announceChange(em, 'member', member.userId)
}
