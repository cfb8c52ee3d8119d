import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Session } from '@tollkeeper/db'
import type { SecondFactorProof } from '@tollkeeper/shared'
import { newId } from '../../kernel/new-id.ts'
import type { Services } from '../../kernel/services.ts'
import { identityOf } from './identity/identity.ts'
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from './token/access-token.ts'

interface Impersonator {
  operatorId: string
  /** What the operator proved beside their first factor: a tenant that asks its members for two asks whoever acts as one. */
  secondFactor: SecondFactorProof | null
  userId: string
  ip: string
  userAgent: string | null
}

/** Opens a session in which an operator is a person, as long as one access token lives. It has no cookie and no refresh token. */
export function openImpersonation(
  em: EntityManager,
  { operatorId, secondFactor, userId, ip, userAgent }: Impersonator,
  now: Date,
): Session {
  return em.create(Session, {
    id: newId('session', now.getTime()),
    userId,
    impersonatorId: operatorId,
    provedAt: now,
    secondFactor,
    // nobody is told it: this session is used through its access token alone
    token: randomBytes(32).toString('base64url'),
    expiresAt: new Date(now.getTime() + ACCESS_TOKEN_LIFETIME * 1000),
    ipAddress: ip,
    userAgent,
    createdAt: now,
    updatedAt: now,
  })
}

/** The one token of an impersonation, which names who really acts. */
export function impersonationToken(
  services: Services,
  { sessionId, userId, operatorId }: { sessionId: string; userId: string; operatorId: string },
): Promise<string> {
  return signAccessToken({ ...services, keys: identityOf(services).keys }, { sessionId, userId, actorId: operatorId })
}
