import { Member } from '@tollkeeper/db'
import type { RemovedMember } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { callerId } from '../../../kernel/caller.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/in-transaction.ts'
import { recordAudit } from '../../audit/index.ts'
import { endMembership } from './end-membership.ts'
import { oneMemberChangeAtATime } from './policy.ts'

/** The caller leaves the tenant; the API keys they issued stay with it. @throws AppError tenant.last_owner, tenant.personal */
export function leaveTenant(ctx: TenantContext): Promise<RemovedMember> {
  return inTransaction(ctx, async (tx) => {
    const { em, tenantId, now } = tx
    await oneMemberChangeAtATime(em, tenantId)
    const member = await em.findOne(Member, { tenantId, userId: callerId(ctx.caller) }, { refresh: true })
    if (!member) throw new AppError('tenant.not_found')
    const { id, role } = member
    const left = await endMembership(em, member, { keys: 'keep', caller: ctx.caller, requestId: ctx.requestId, now })
    recordAudit(tx, { action: 'member.left', target: id, details: { role, ...left } })
    return left
  })
}
