import type { LoginInput, Me } from '@tollkeeper/shared'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { expiredSessionCookie } from './identity/session-cookie.ts'
import { recordSessionStarted } from './login.ts'
import { endSession } from './session/end-session.ts'
import { provePassword } from './session/prove-password.ts'
import { readPerson } from './view.ts'

/**
 * Signs a browser in: a new session in an HttpOnly cookie that no page can read. A session the browser had before is ended.
 * @throws AppError as provePassword
 */
export async function signIn(ctx: RequestContext, input: LoginInput): Promise<Me> {
  const session = await provePassword(ctx, input)
  await endCookieSession(ctx)
  await recordSessionStarted(ctx, session)
  ctx.setHeader('set-cookie', session.setCookie)
  return readPerson(ctx.services, session.userId)
}

/** Ends the browser's session, if it has one, and takes the cookie away in any case. */
export async function signOut(ctx: RequestContext): Promise<{ done: true }> {
  await endCookieSession(ctx)
  ctx.setHeader('set-cookie', expiredSessionCookie(ctx.services.config))
  return { done: true }
}

async function endCookieSession({ services, caller, requestId }: RequestContext): Promise<void> {
  if (caller.kind !== 'user' || caller.via !== 'cookie') return
  const { sessionId } = caller
  await inSystemTransaction(services, async ({ em, now }) => {
    await endSession(em, sessionId, 'signed_out', now)
    writeAudit(em, { tenantId: null, action: 'session.ended', target: sessionId, caller, requestId, at: now })
  })
}
