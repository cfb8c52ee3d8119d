import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Session } from '@tollkeeper/db'
import type { CurrentPerson, SecondFactorProof } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import type { Services } from '../../kernel/services.ts'
import { writeAudit } from '../audit/index.ts'
import { takeOver } from './enter/hand-cookie.ts'
import { identityOf } from './identity/identity.ts'
import { issueMailToken, takeMailToken } from './mail-token/mail-token.ts'
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from './token/access-token.ts'
import { readPerson } from './view.ts'

interface Impersonator {
  operatorId: string
  /** What the operator proved beside their first factor: a tenant that asks its members for two asks whoever acts as one. */
  secondFactor: SecondFactorProof | null
  userId: string
  ip: string
  userAgent: string | null
}

/** How long the link into a browser waits to be opened: it is opened by the program that asked for it. */
const LINK_LIFETIME_MS = 60_000

/** Opens a session in which an operator is a person, as long as one access token lives. It has no refresh token. */
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
    // nobody is told it, but a browser that was let in by the link, in its cookie
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

/** The path of the page that lets one browser into an impersonation, once. It is told to the operator alone. */
export function impersonationPath(em: EntityManager, { id, userId }: Session, now: Date): string {
  const token = issueMailToken(em, { userId, purpose: 'impersonate', sessionId: id, now, lifetimeMs: LINK_LIFETIME_MS })
  return `/impersonate?token=${encodeURIComponent(token)}`
}

/**
 * Lets the browser that opened the link be the person, as long as the impersonation lasts. The session it had before is ended: a
 * browser is one person at a time. @throws AppError auth.link_invalid, auth.link_expired, auth.session_ended
 */
export async function enterImpersonation(ctx: RequestContext, { token }: { token: string }): Promise<CurrentPerson> {
  const { services, requestId } = ctx
  const session = await inSystemTransaction(services, async ({ em, now }) => {
    const { sessionId } = await takeMailToken(em, 'impersonate', token, now)
    const found = await em.findOne(Session, { id: sessionId ?? '', expiresAt: { $gt: now } })
    if (!found?.impersonatorId) throw new AppError('auth.session_ended')
    const details = { impersonatorId: found.impersonatorId }
    writeAudit(em, {
      tenantId: null,
      action: 'impersonation.entered',
      target: found.id,
      details,
      caller: 'system',
      requestId,
      at: now,
    })
    return found
  })
  const left = session.expiresAt.getTime() - services.clock.now().getTime()
  await takeOver(ctx, session.token, Math.max(1, Math.ceil(left / 1000)))
  return {
    ...(await readPerson(services, session.userId)),
    impersonatedBy: session.impersonatorId!,
    impersonationEndsAt: session.expiresAt.toISOString(),
  }
}
