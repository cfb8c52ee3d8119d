import type { SetUserStatusInput } from '@tollkeeper/shared'
import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { endAccess } from '../auth/index.ts'
import { lockUser } from './lock-user.ts'
import { assertAnother, assertAnotherOwner, assertCovers, callerAsOfNow, oneOwnerChangeAtATime } from './policy.ts'

/**
 * Suspends a person, which ends whatever they could come in with in the same transaction, or restores them. API keys they issued
 * belong to the tenant and go on.
 * @throws AppError user.not_found, operator.own_account, operator.beyond_role, operator.last_owner
 */
export async function setUserStatus(ctx: UserContext, { id, status, reason }: SetUserStatusInput): Promise<{ done: true }> {
  assertAnother(ctx.caller, id)
  await inSystemTransaction(
    ctx.services,
    async ({ em, now }) => {
      await oneOwnerChangeAtATime(em)
      const caller = await callerAsOfNow(em, ctx.caller, 'user:suspend')
      const user = await lockUser(em, id)
      assertCovers(caller, user.operatorRole)
      if (user.status === status) return
      if (status === 'suspended') await assertAnotherOwner(em, user)
      user.status = status
      user.statusReason = status === 'suspended' ? reason : null
      user.updatedAt = now
      // also when they are restored: a sign-in that was under way while they were suspended may have left a session behind
      const sessions = await endAccess(em, id, now)
      announceChange(em, 'user', id)
      writeAudit(em, {
        tenantId: null,
        action: status === 'suspended' ? 'user.suspended' : 'user.restored',
        target: id,
        details: { reason, sessions },
        caller: ctx.caller,
        requestId: ctx.requestId,
        at: now,
      })
    },
    ctx,
  )
  return { done: true }
}
