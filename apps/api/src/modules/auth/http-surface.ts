import { setTimeout as sleep } from 'node:timers/promises'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { JSONWebKeySet } from 'jose'
import { AppError } from '../../kernel/app-error.ts'
import type { RequestContext } from '../../kernel/context.ts'
import type { Services } from '../../kernel/services.ts'
import { enterByCookie } from './enter/enter.ts'
import { CLIENT_ADDRESS_HEADER } from './identity/better-auth.ts'
import { identityOf } from './identity/identity.ts'
import { readSessionCookie, sessionCookie } from './identity/session-cookie.ts'
import { assertProviderRequest } from './provider-request.ts'

/** The public keys access tokens are signed with. */
export function publicKeys(services: Services): Promise<JSONWebKeySet> {
  return identityOf(services).keys.publicKeys()
}

/** Two questions are asked of a provider, of ten seconds each at most. */
const PROVIDER_ANSWERS_WITHIN_MS = 20_000

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
  if (request.method === 'POST') await assertProviderRequest(request, services.publicUrl)
  request.headers.set(CLIENT_ADDRESS_HEADER, client.ip)
  const provider = CALLBACK.exec(pathname)?.[1]
  const answering = identityOf(services).betterAuth.handler(request)
  const response = provider ? await orSayThatItFailed(services, answering) : await answering
  return provider === 'github' || provider === 'google' ? arrive(ctx, response, provider) : response
}

/** A provider that answers nonsense, or nothing for long, is no fault of whoever comes back from it: they are told on the sign-in page. */
async function orSayThatItFailed({ publicUrl, logger }: Services, answering: Promise<Response>): Promise<Response> {
  const late = new AbortController()
  const inTime = sleep(PROVIDER_ANSWERS_WITHIN_MS, null, { signal: late.signal }).catch(() => null)
  try {
    const response = await Promise.race([answering, inTime])
    if (response && response.status < 500) return response
    logger.warn({ status: response?.status ?? null }, 'a sign-in provider did not answer as it should')
  } catch (error) {
    logger.warn({ err: error }, 'a sign-in provider did not answer as it should')
  } finally {
    late.abort()
  }
  return new Response(null, { status: 302, headers: { location: `${publicUrl}/sign-in?error=provider_failed` } })
}

/**
 * A callback that set a session's cookie has proved who came. That session was never alive (see better-auth.ts): it is used up as
 * the proof it is, and its cookie is replaced by that of a session of ours, or of a challenge.
 */
async function arrive(ctx: RequestContext, response: Response, provider: 'github' | 'google'): Promise<Response> {
  const { config, secrets, pool, publicUrl } = ctx.services
  const token = response.headers
    .getSetCookie()
    .map((cookie) => readSessionCookie(cookie.split(';', 1)[0]!, { config, secret: secrets.auth }))
    .find((found) => found !== null)
  if (!token) return response
  const headers = withoutSessionCookie(response.headers, sessionCookie(config).name)
  const { rows } = await pool.query<{ user_id: string }>('select user_id from session where token = $1', [token])
  if (!rows[0]) throw new AppError('auth.token_invalid')
  try {
    await enterByCookie(ctx, { userId: rows[0].user_id, method: provider, stillHolds: (em) => useUp(em, token) })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'auth.second_factor_needed') throw error
    const next = headers.get('location')
    headers.set('location', `${publicUrl}/sign-in/second-step${next ? `?next=${encodeURIComponent(pathOf(next, publicUrl))}` : ''}`)
  }
  return new Response(response.body, { status: response.status, headers })
}

async function useUp(em: EntityManager, token: string): Promise<void> {
  const used = await em.execute<{ id: string }[]>('delete from session where token = ? returning id', [token])
  if (used.length === 0) throw new AppError('auth.token_invalid')
}

function withoutSessionCookie(from: Headers, name: string): Headers {
  const headers = new Headers(from)
  headers.delete('set-cookie')
  for (const cookie of from.getSetCookie()) if (!cookie.startsWith(`${name}=`)) headers.append('set-cookie', cookie)
  return headers
}

function pathOf(address: string, publicUrl: string): string {
  const { pathname, search } = new URL(address, publicUrl)
  return `${pathname}${search}`
}
