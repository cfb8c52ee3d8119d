import type { EntityManager } from '@mikro-orm/postgresql'
import { announceChange } from '../../kernel/change-feed.ts'
import { dropMailTokens } from './mail-token/mail-token.ts'
import { endSessionsOf } from './session/end-session.ts'

/**
 * Ends everything a person could still come in with: sessions, refresh tokens, devices they let in, links in their mails, and the
 * sessions in which they act as others. Their row is locked by the caller.
 * @returns how many sessions of theirs there were
 */
export async function endAccess(em: EntityManager, userId: string, now: Date): Promise<number> {
  const ended = await endSessionsOf(em, userId, { except: null, reason: 'suspended', now })
  await dropMailTokens(em, userId)
  await endImpersonationsBy(em, userId)
  return ended
}

/** Ends the sessions in which an operator acts as somebody else. */
export async function endImpersonationsBy(em: EntityManager, operatorId: string): Promise<void> {
  const ended = await em.execute<{ id: string }[]>('delete from session where impersonator_id = ? returning id', [operatorId])
  for (const { id } of ended) announceChange(em, 'session', id)
}
