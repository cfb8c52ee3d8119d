import type { LoginInput, SignedIn } from '@tollkeeper/shared'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { issueTokens } from './session/issue-tokens.ts'
import { provePassword } from './session/prove-password.ts'
import { tellOfNewDevice } from './session/tell-of-new-device.ts'

/**
 * Signs in whatever is not a browser: the session is carried by tokens, and no cookie is set.
 * @throws AppError as provePassword
 */
export async function login(ctx: RequestContext, input: LoginInput): Promise<SignedIn> {
  const session = await provePassword(ctx, input)
  await recordSessionStarted(ctx, session)
  return issueTokens(ctx.services, session)
}

/** Writes down that a session began, once the sign-in itself is on record, and tells the person if it is from a new device. */
export async function recordSessionStarted(
  ctx: RequestContext,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  const { services, requestId } = ctx
  await inSystemTransaction(services, async ({ em, now }) => {
    const caller = { kind: 'user', userId, sessionId, via: 'cookie', operatorRole: null, memberships: [] } as const
    writeAudit(em, { tenantId: null, action: 'session.started', target: sessionId, caller, requestId, at: now })
    await tellOfNewDevice(em, ctx, { userId, sessionId })
  })
}
