import type { LoginInput, SignedIn } from '@tollkeeper/shared'
import type { RequestContext } from '../../kernel/context.ts'
import { enterByTokens } from './enter/enter.ts'
import { provePassword } from './session/prove-password.ts'

/**
 * Signs in whatever is not a browser: the session is carried by tokens, and no cookie is set.
 * @throws AppError as provePassword and enterByTokens
 */
export async function login(ctx: RequestContext, input: LoginInput): Promise<SignedIn> {
  return enterByTokens(ctx, await provePassword(ctx, input))
}
