import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { expiredSessionCookie } from './identity/session-cookie.ts'
import { endSession } from './session/end-session.ts'

/** Ends the session the call came with, its refresh tokens and, within a second, its access tokens on every node. */
export async function logout({ services, caller, requestId, setHeader }: UserContext): Promise<{ done: true }> {
  const { sessionId } = caller
  await inSystemTransaction(services, async ({ em, now }) => {
    await endSession(em, caller, 'signed_out', now)
    writeAudit(em, { tenantId: null, action: 'session.ended', target: sessionId, caller, requestId, at: now })
  })
  if (caller.via === 'cookie') setHeader('set-cookie', expiredSessionCookie(services.config))
  return { done: true }
}
