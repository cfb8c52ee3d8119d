import { Member, Tenant } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import { callerId } from '../../../kernel/caller.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/in-transaction.ts'
import { recordAudit } from '../../audit/index.ts'
import { findMember } from './find-member.ts'
import { assertOwnerMayGo, oneMemberChangeAtATime, roleAsOfNow } from './policy.ts'
import { giveRole } from './set-member-role.ts'

/**
 * Makes another member the owner in the caller's place, who stays as an admin: both at once, so the tenant is never without an owner
 * and never has one more than before.
 * @throws AppError member.not_found, tenant.personal, tenant.last_owner when the other cannot sign in
 */
export async function transferOwnership(ctx: TenantContext, { id }: { id: string }): Promise<{ done: true }> {
  await inTransaction(ctx, async (tx) => {
    const { em, tenantId, now } = tx
    await oneMemberChangeAtATime(em, tenantId)
    await roleAsOfNow(em, ctx, 'tenant:own')
    const owner = await em.findOneOrFail(Member, { tenantId, userId: callerId(ctx.caller) }, { refresh: true })
    const heir = await findMember(em, tenantId, id)
    if (heir.userId === owner.userId) return
    if ((await em.count(Tenant, { id: tenantId, personalOf: owner.userId })) > 0) throw new AppError('tenant.personal')
    await giveRole(em, heir, 'owner', now)
    await em.flush()
    await assertOwnerMayGo(em, owner)
    await giveRole(em, owner, 'admin', now)
    recordAudit(tx, { action: 'tenant.transferred', target: id, details: { from: owner.userId, to: heir.userId } })
  })
  return { done: true }
}
