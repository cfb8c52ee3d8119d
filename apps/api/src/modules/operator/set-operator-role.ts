import { operatorRoles, type SetOperatorRoleInput } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { endImpersonationsBy } from '../auth/index.ts'
import { lockUser } from './lock-user.ts'
import { assertAnotherOwner, assertCovers, callerAsOfNow, oneOwnerChangeAtATime } from './policy.ts'

/**
 * Makes a person an operator, another kind of operator, or none. Whoever acts as somebody else stops, unless their new role lets them.
 * @throws AppError user.not_found, operator.beyond_role, operator.permission_missing, operator.last_owner, operator.target_suspended
 */
export async function setOperatorRole(ctx: UserContext, { id, role }: SetOperatorRoleInput): Promise<{ done: true }> {
  await inSystemTransaction(
    ctx.services,
    async ({ em, now }) => {
      await oneOwnerChangeAtATime(em)
      const caller = await callerAsOfNow(em, ctx.caller, 'operator:assign')
      const user = await lockUser(em, id)
      assertCovers(caller, user.operatorRole)
      assertCovers(caller, role)
      const before = user.operatorRole ?? null
      if (before === role) return
      if (role !== null && user.status !== 'active') throw new AppError('operator.target_suspended')
      if (role !== 'owner') await assertAnotherOwner(em, user)
      user.operatorRole = role
      user.updatedAt = now
      if (role === null || !operatorRoles[role].includes('user:impersonate')) await endImpersonationsBy(em, id)
      announceChange(em, 'user', id)
      writeAudit(em, {
        tenantId: null,
        action: 'operator.role_set',
        target: id,
        details: { before, after: role },
        caller: ctx.caller,
        requestId: ctx.requestId,
        at: now,
      })
    },
    ctx,
  )
  return { done: true }
}
