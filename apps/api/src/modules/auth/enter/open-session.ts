import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Session } from '@tollkeeper/db'
import type { SecondFactorProof } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/new-id.ts'

/** Seconds. */
export const SESSION_LIFETIME = 30 * 86_400

/** Begins a session of a person who has just proved who they are. */
export function openSession(
  em: EntityManager,
  { client }: Pick<RequestContext, 'client'>,
  { userId, secondFactor, now }: { userId: string; secondFactor: SecondFactorProof | null; now: Date },
): Session {
  return em.create(Session, {
    id: newId('session', now.getTime()),
    userId,
    token: mintSessionToken(),
    secondFactor,
    expiresAt: new Date(now.getTime() + SESSION_LIFETIME * 1000),
    ipAddress: client.ip,
    userAgent: client.userAgent,
    provedAt: now,
    createdAt: now,
    updatedAt: now,
  })
}

export function mintSessionToken(): string {
  return randomBytes(32).toString('base64url')
}
