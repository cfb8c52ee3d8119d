import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { resetSecondFactor } from '../auth/index.ts'
import { lockUser } from './lock-user.ts'
import { assertAnother, assertCovers, callerAsOfNow } from './policy.ts'

/**
 * Takes the second factor of a person who has lost it away, with the reason that convinced the operator. Every session of theirs
 * ends, and they get a mail.
 * @throws AppError user.not_found, auth.second_factor_missing, operator.own_account, operator.beyond_role
 */
export async function resetUserSecondFactor(
  ctx: UserContext,
  { id, reason }: { id: string; reason: string },
): Promise<{ done: true }> {
  assertAnother(ctx.caller, id)
  await inSystemTransaction(ctx.services, async (tx) => {
    const caller = await callerAsOfNow(tx.em, ctx.caller, 'user:support')
    const user = await lockUser(tx.em, id)
    assertCovers(caller, user.operatorRole)
    await resetSecondFactor(tx, user)
    writeAudit(tx.em, {
      tenantId: null,
      action: 'user.second_factor_reset',
      target: id,
      details: { reason },
      caller,
      requestId: ctx.requestId,
      at: tx.now,
    })
  })
  return { done: true }
}
