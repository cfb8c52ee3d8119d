import type { EntityManager } from '@mikro-orm/postgresql'
import { RefreshFamily, Session } from '@tollkeeper/db'
import { announceChange } from '../../../kernel/change-feed.ts'

export type EndedFor = 'signed_out' | 'refresh_reused'

/** Ends a session and every refresh token of it; all nodes refuse its cookie and access tokens within a second. */
export async function endSession(em: EntityManager, sessionId: string, reason: EndedFor, now: Date): Promise<void> {
  await em.nativeUpdate(RefreshFamily, { sessionId, revokedAt: null }, { revokedAt: now, revokedFor: reason })
  await em.nativeDelete(Session, { id: sessionId })
  announceChange(em, 'session', sessionId)
}
