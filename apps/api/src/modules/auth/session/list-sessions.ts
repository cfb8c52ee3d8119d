import { Session } from '@tollkeeper/db'
import type { SessionView } from '@tollkeeper/shared'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { deviceOf } from './device-words.ts'

/** Where the caller is signed in, last seen first. */
export async function listSessions({ services, caller }: UserContext): Promise<{ sessions: SessionView[] }> {
  const live = { userId: caller.userId, expiresAt: { $gt: services.clock.now() } }
  const found = await inSystem(services, (em) => em.find(Session, live, { orderBy: { updatedAt: 'desc', id: 'desc' } }))
  return { sessions: found.map((session) => toSessionView(session, caller.sessionId)) }
}

function toSessionView(session: Session, currentId: string): SessionView {
  return {
    id: session.id,
    device: deviceOf(session.userAgent),
    address: session.ipAddress || null,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.updatedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    current: session.id === currentId,
  }
}
