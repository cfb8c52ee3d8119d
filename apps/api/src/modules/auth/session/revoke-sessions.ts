import { Session } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { endSession, endSessionsOf } from './end-session.ts'

/** Ends one of the caller's own sessions. @throws AppError session.not_found, the same for one of somebody else */
export async function revokeSession({ services, caller, requestId }: UserContext, { id }: { id: string }): Promise<{ done: true }> {
  const { userId } = caller
  await inSystemTransaction(services, async ({ em, now }) => {
    if ((await em.count(Session, { id, userId })) === 0) throw new AppError('session.not_found')
    await endSession(em, { sessionId: id, userId }, 'revoked', now)
    writeAudit(em, { tenantId: null, action: 'session.ended', target: id, caller, requestId, at: now })
  })
  return { done: true }
}

/** Ends every session of the caller but the one that asks. */
export function revokeOtherSessions({ services, caller, requestId }: UserContext): Promise<{ ended: number }> {
  return inSystemTransaction(services, async ({ em, now }) => {
    const { userId, sessionId } = caller
    await lockPerson(em, userId)
    const ended = await endSessionsOf(em, userId, { except: sessionId, reason: 'revoked', now })
    writeAudit(em, {
      tenantId: null,
      action: 'session.others_ended',
      target: userId,
      details: { ended },
      caller,
      requestId,
      at: now,
    })
    return { ended }
  })
}
