import type { EntityManager } from '@mikro-orm/postgresql'
import { Session } from '@tollkeeper/db'
import type { SecondFactorProof } from '@tollkeeper/shared'
import type { UserCaller } from '../../../kernel/caller.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import { dropMailTokens } from '../mail-token/mail-token.ts'
import { endSessionsOf } from '../session/end-session.ts'

/** After a change of the second factor: every other session and mailed link ends, and the caller's is what it now is. */
export async function settleSessions(
  em: EntityManager,
  { userId, sessionId }: UserCaller,
  secondFactor: SecondFactorProof | null,
  now: Date,
): Promise<void> {
  await dropMailTokens(em, userId)
  await endSessionsOf(em, userId, { except: sessionId, reason: 'second_factor_changed', now })
  await em.nativeUpdate(Session, { id: sessionId }, { secondFactor })
  announceChange(em, 'session', sessionId)
}
