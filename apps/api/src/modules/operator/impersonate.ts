import { AppError } from '../../kernel/app-error.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { impersonationPath, impersonationToken, openImpersonation } from '../auth/index.ts'
import { enqueueMail, readerOf, writeInstant } from '../notification/index.ts'
import { lockUser } from './lock-user.ts'
import { assertAnother, callerAsOfNow } from './policy.ts'

interface Started {
  sessionId: string
  userId: string
  accessToken: string
  link: string
  expiresAt: string
}

/**
 * Lets an operator be a person for fifteen minutes, to see what they see. It is marked in the session, in its token and in whatever
 * is written down meanwhile; the person gets a mail. Nobody acts as an operator, so nobody gains rights by it.
 * @throws AppError user.not_found, auth.user_suspended, operator.own_account, operator.beyond_role
 */
export async function impersonate(ctx: UserContext, { id, reason }: { id: string; reason: string }): Promise<Started> {
  const { services, client, requestId } = ctx
  assertAnother(ctx.caller, id)
  const session = await inSystemTransaction(services, async ({ em, now }) => {
    const caller = await callerAsOfNow(em, ctx.caller, 'user:impersonate')
    const user = await lockUser(em, id)
    if (user.status !== 'active') throw new AppError('auth.user_suspended')
    if (user.operatorRole) throw new AppError('operator.beyond_role', { detail: 'Nobody acts as an operator.' })
    const made = openImpersonation(em, { operatorId: caller.userId, secondFactor: caller.secondFactor, userId: id, ...client }, now)
    writeAudit(em, {
      tenantId: null,
      action: 'user.impersonated',
      target: id,
      details: { reason, sessionId: made.id },
      caller,
      requestId,
      at: now,
    })
    const reader = await readerOf(em, id)
    await enqueueMail(em, services, {
      to: user.email,
      userId: id,
      template: 'impersonated',
      data: { name: user.name, at: writeInstant(reader, now), reason },
      locale: reader.locale,
    })
    return { sessionId: made.id, expiresAt: made.expiresAt, link: `${services.publicUrl}${impersonationPath(em, made, now)}` }
  })
  const { sessionId, expiresAt, link } = session
  const accessToken = await impersonationToken(services, { sessionId, userId: id, operatorId: ctx.caller.userId })
  return { sessionId, userId: id, accessToken, link, expiresAt: expiresAt.toISOString() }
}
