import type { EntityManager } from '@mikro-orm/postgresql'
import { RefreshFamily } from '@tollkeeper/db'
import { newId } from '../../../kernel/new-id.ts'
import type { Services } from '../../../kernel/services.ts'
import { hashOfToken, mintRefreshToken } from './refresh-token.ts'

/** How long the token before the newest is still answered, with the newest: for an answer that was lost on its way. */
const GRACE_MS = 30_000

/** Begins the chain of refresh tokens of a session. It ends with the session. @returns the first token */
export function openFamily(
  em: EntityManager,
  { secrets, clock }: Services,
  session: { sessionId: string; userId: string; expiresAt: Date },
): string {
  const now = clock.now()
  const id = newId('refreshFamily', now.getTime())
  const token = mintRefreshToken(secrets.refreshTokens, id, 0)
  em.create(RefreshFamily, { id, ...session, counter: 0, tokenHash: hashOfToken(token), rotatedAt: now, createdAt: now })
  return token
}

/**
 * Moves a family on by one token. The family's row is locked by the caller.
 * @returns the successor; null when this token was used before and its grace is over
 */
export function rotate(
  family: RefreshFamily,
  presented: { counter: number; token: string },
  key: Buffer,
  now: Date,
): string | null {
  if (presented.counter === family.counter && hashOfToken(presented.token) === family.tokenHash) {
    family.counter += 1
    const successor = mintRefreshToken(key, family.id, family.counter)
    family.tokenHash = hashOfToken(successor)
    family.rotatedAt = now
    return successor
  }
  const inGrace = presented.counter === family.counter - 1 && now.getTime() - family.rotatedAt.getTime() <= GRACE_MS
  return inGrace ? mintRefreshToken(key, family.id, family.counter) : null
}
