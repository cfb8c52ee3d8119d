import type { Me } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { sessionCookieFor } from '../identity/session-cookie.ts'
import { readPerson } from '../view.ts'
import type { Entered } from './begin-session.ts'
import { expiredChallengeCookie } from './challenge-cookie.ts'
import { leaveBrowser } from './leave-browser.ts'
import { SESSION_LIFETIME } from './open-session.ts'

/** Gives a browser the session that has begun for it, in place of what it held. */
export async function handCookie(ctx: RequestContext, { userId, token }: Entered): Promise<Me> {
  await takeOver(ctx, token, SESSION_LIFETIME)
  return readPerson(ctx.services, userId)
}

/** Ends what a browser held, and gives it a session in its place. @param lifetime of the session, in seconds */
export async function takeOver(ctx: RequestContext, token: string, lifetime: number): Promise<void> {
  const { services, setHeader } = ctx
  if ((await leaveBrowser(ctx)) === 'challenge') setHeader('set-cookie', expiredChallengeCookie(services.config))
  setHeader('set-cookie', sessionCookieFor(services, token, lifetime))
}
