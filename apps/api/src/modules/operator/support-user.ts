import { Session } from '@tollkeeper/db'
import { AppError } from '../../kernel/app-error.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction, type SystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { endSession, sendPasswordReset } from '../auth/index.ts'
import { lockUser } from './lock-user.ts'
import { assertCovers } from './policy.ts'

/** Ends one session of a person. @throws AppError user.not_found, session.not_found, operator.beyond_role */
export async function endUserSession(
  ctx: UserContext,
  { id, sessionId }: { id: string; sessionId: string },
): Promise<{ done: true }> {
  await inSystemTransaction(ctx.services, async (tx) => {
    const user = await lockUser(tx.em, id)
    assertCovers(ctx.caller, user.operatorRole)
    if ((await tx.em.count(Session, { id: sessionId, userId: id })) === 0) throw new AppError('session.not_found')
    await endSession(tx.em, { sessionId, userId: id }, 'ended_by_operator', tx.now)
    record(ctx, tx, 'session.ended', sessionId, { userId: id, reason: 'ended_by_operator' })
  })
  return { done: true }
}

/** Takes a person's address as proved, on the operator's word. @throws AppError user.not_found, operator.beyond_role */
export async function verifyUserEmail(ctx: UserContext, { id }: { id: string }): Promise<{ done: true }> {
  await inSystemTransaction(ctx.services, async (tx) => {
    const user = await lockUser(tx.em, id)
    assertCovers(ctx.caller, user.operatorRole)
    if (user.emailVerified) return
    user.emailVerified = true
    user.updatedAt = tx.now
    announceChange(tx.em, 'user', id)
    record(ctx, tx, 'user.email_verified', id, { by: 'operator' })
  })
  return { done: true }
}

/** Mails a person the link that sets their password. @throws AppError user.not_found, auth.user_suspended, operator.beyond_role */
export function sendUserReset(ctx: UserContext, { id }: { id: string }): Promise<{ mail: 'sent' | 'withheld' }> {
  return inSystemTransaction(ctx.services, async (tx) => {
    const user = await lockUser(tx.em, id)
    assertCovers(ctx.caller, user.operatorRole)
    const mail = (await sendPasswordReset(tx, id)) ? 'sent' : 'withheld'
    record(ctx, tx, 'user.password_reset_sent', id, { mail })
    return { mail }
  })
}

function record(
  { caller, requestId }: UserContext,
  { em, now }: SystemTransaction,
  action: string,
  target: string,
  details: Record<string, string>,
): void {
  writeAudit(em, { tenantId: null, action, target, details, caller, requestId, at: now })
}
