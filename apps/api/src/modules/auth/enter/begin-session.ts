import type { User } from '@tollkeeper/db'
import type { RequestContext } from '../../../kernel/context.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { recordArrival } from '../attempt/login-attempt.ts'
import { tellOfNewDevice } from '../session/tell-of-new-device.ts'
import { openFamily } from '../token/refresh-family.ts'
import type { Carrier } from './challenge.ts'
import { openSession } from './open-session.ts'
import type { Proof } from './proof.ts'

/** A session that has begun. */
export interface Entered {
  userId: string
  sessionId: string
  /** What the cookie holds. */
  token: string
  /** Empty for a browser, which has none. */
  refreshToken: string
}

/** Begins a session of a person whose row the caller holds, and who has proved all that is asked of them. */
export async function beginSession(
  ctx: RequestContext,
  { em, now, services }: SystemTransaction,
  { id: userId, email }: User,
  proof: Proof,
  carrier: Carrier,
): Promise<Entered> {
  const { method, secondFactor = null, lastStep = method } = proof
  const { id: sessionId, token, expiresAt } = openSession(em, ctx, { userId, secondFactor, now })
  const refreshToken = carrier === 'tokens' ? openFamily(em, services, { sessionId, userId, expiresAt }) : ''
  await recordArrival(em, ctx, { ...proof, method: lastStep, email, outcome: 'success' })
  const via = carrier === 'cookie' ? 'cookie' : 'access_token'
  writeAudit(em, {
    tenantId: null,
    action: 'session.started',
    target: sessionId,
    details: { method, ...(secondFactor ? { secondFactor } : {}) },
    caller: { kind: 'user', userId, sessionId, via, operatorRole: null, provedAt: now.getTime(), secondFactor, memberships: [] },
    requestId: ctx.requestId,
    at: now,
  })
  await tellOfNewDevice(em, ctx, { userId, sessionId })
  return { userId, sessionId, token, refreshToken }
}
