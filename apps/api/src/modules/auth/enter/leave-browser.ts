import { SignInChallenge } from '@tollkeeper/db'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { endSession } from '../session/end-session.ts'

/** Ends what the browser came with. @returns which it was; null for nothing */
export async function leaveBrowser({ services, caller, requestId }: RequestContext): Promise<'session' | 'challenge' | null> {
  if (caller.kind === 'user' && caller.via === 'cookie') {
    const { sessionId } = caller
    await inSystemTransaction(services, async ({ em, now }) => {
      await endSession(em, caller, 'signed_out', now)
      writeAudit(em, { tenantId: null, action: 'session.ended', target: sessionId, caller, requestId, at: now })
    })
    return 'session'
  }
  if (caller.kind === 'pending' && caller.via === 'cookie') {
    const { challengeId } = caller
    await inSystemTransaction(services, ({ em }) => em.nativeDelete(SignInChallenge, { id: challengeId }))
    return 'challenge'
  }
  return null
}
