import type { LoginInput, Me } from '@tollkeeper/shared'
import type { RequestContext } from '../../kernel/context.ts'
import { expiredChallengeCookie } from './enter/challenge-cookie.ts'
import { enterByCookie } from './enter/enter.ts'
import { leaveBrowser } from './enter/leave-browser.ts'
import { expiredSessionCookie } from './identity/session-cookie.ts'
import { provePassword } from './session/prove-password.ts'

/**
 * Signs a browser in: a new session in an HttpOnly cookie that no page can read. A session the browser had before is ended.
 * @throws AppError as provePassword and enterByCookie
 */
export async function signIn(ctx: RequestContext, input: LoginInput): Promise<Me> {
  return enterByCookie(ctx, await provePassword(ctx, input))
}

/** Ends the browser's session, or its half-done sign-in, if it has one, and takes the cookie away in any case. */
export async function signOut(ctx: RequestContext): Promise<{ done: true }> {
  const { config } = ctx.services
  const held = await leaveBrowser(ctx)
  ctx.setHeader('set-cookie', held === 'challenge' ? expiredChallengeCookie(config) : expiredSessionCookie(config))
  return { done: true }
}
