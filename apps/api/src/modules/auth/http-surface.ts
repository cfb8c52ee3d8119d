import type { JSONWebKeySet } from 'jose'
import type { RequestContext } from '../../kernel/context.ts'
import type { Services } from '../../kernel/services.ts'
import { recordSuccess } from './attempt/login-attempt.ts'
import { CLIENT_ADDRESS_HEADER } from './identity/better-auth.ts'
import { identityOf } from './identity/identity.ts'
import { readSessionCookie } from './identity/session-cookie.ts'
import { recordSessionStarted } from './login.ts'
import { startedSession } from './session/started-session.ts'
import { readPerson } from './view.ts'

/** The public keys access tokens are signed with. */
export function publicKeys(services: Services): Promise<JSONWebKeySet> {
  return identityOf(services).keys.publicKeys()
}

const CALLBACK = /^\/api\/auth\/callback\/(github|google)$/

/** What of better-auth's own HTTP surface can be reached: the way out to a provider and the way back. Everything else is ours. */
export function isServedByBetterAuth(method: string, path: string): boolean {
  return (method === 'POST' && path === '/api/auth/sign-in/social') || (method === 'GET' && CALLBACK.test(path))
}

/**
 * Hands a request of a provider's sign-in to better-auth.
 * @returns null when better-auth has nothing to answer there
 */
export async function answerBetterAuth(ctx: RequestContext, request: Request): Promise<Response | null> {
  const { services, client } = ctx
  const { pathname } = new URL(request.url)
  const { github, google } = services.config
  if ((!github && !google) || !isServedByBetterAuth(request.method, pathname)) return null
  request.headers.set(CLIENT_ADDRESS_HEADER, client.ip)
  const response = await identityOf(services).betterAuth.handler(request)
  const provider = CALLBACK.exec(pathname)?.[1]
  if (provider === 'github' || provider === 'google') await recordArrival(ctx, response, provider)
  return response
}

/** A callback that set a session's cookie has let somebody in. */
async function recordArrival(ctx: RequestContext, response: Response, provider: 'github' | 'google'): Promise<void> {
  const { services } = ctx
  const { config, secrets } = services
  for (const cookie of response.headers.getSetCookie()) {
    const token = readSessionCookie(cookie.split(';', 1)[0]!, { config, secret: secrets.auth })
    if (token === null) continue
    const session = await startedSession(services, { token })
    const { user } = await readPerson(services, session.userId)
    await recordSuccess(ctx, { userId: user.id, email: user.email }, provider)
    await recordSessionStarted(ctx, session)
  }
}
