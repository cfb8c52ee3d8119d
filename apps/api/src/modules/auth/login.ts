import type { LoginInput, SignedIn } from '@tollkeeper/shared'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { issueTokens } from './session/issue-tokens.ts'
import { provePassword } from './session/prove-password.ts'

/**
 * Signs in whatever is not a browser: the session is carried by tokens, and no cookie is set.
 * @throws AppError as provePassword
 */
export async function login(ctx: RequestContext, input: LoginInput): Promise<SignedIn> {
  const session = await provePassword(ctx, input)
  await recordSessionStarted(ctx, session)
  return issueTokens(ctx.services, session)
}

export async function recordSessionStarted(
  { services, requestId }: RequestContext,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const caller = { kind: 'user', userId, sessionId, via: 'cookie', operatorRole: null, memberships: [] } as const
    writeAudit(em, { tenantId: null, action: 'session.started', target: sessionId, caller, requestId, at: now })
  })
}
