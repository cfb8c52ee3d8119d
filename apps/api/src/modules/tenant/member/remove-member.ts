import type { RemovedMember, RemoveMemberInput } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/in-transaction.ts'
import { recordAudit } from '../../audit/index.ts'
import { endMembership } from './end-membership.ts'
import { findMember } from './find-member.ts'
import { assertCovers, oneMemberChangeAtATime, roleAsOfNow } from './policy.ts'

/** Removes a member. @throws AppError member.not_found, member.beyond_role, tenant.last_owner, tenant.personal */
export function removeMember(ctx: TenantContext, { id, keys }: RemoveMemberInput): Promise<RemovedMember> {
  return inTransaction(ctx, async (tx) => {
    const { em, now } = tx
    await oneMemberChangeAtATime(em, tx.tenantId)
    const role = await roleAsOfNow(em, ctx, 'member:write')
    const member = await findMember(em, tx.tenantId, id)
    assertCovers(role, member.role)
    const { userId } = member
    const removed = await endMembership(em, member, { keys, caller: ctx.caller, requestId: ctx.requestId, now })
    recordAudit(tx, { action: 'member.removed', target: id, details: { userId, role: member.role, ...removed } })
    return removed
  })
}
