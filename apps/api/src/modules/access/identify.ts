import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '../../kernel/app-error.ts'
import type { Caller } from '../../kernel/caller.ts'
import type { Services } from '../../kernel/services.ts'
import { looksLikeKey, verifyKey } from '../api-key/index.ts'
import { looksLikeChallenge } from '../auth/index.ts'

/**
 * Who sent a request: an API key, an access token or the token of a half-done sign-in in `Authorization: Bearer`, an API key in
 * `X-Api-Key`, or else the session in the browser's cookie. A credential that is sent and false is refused, never taken for none.
 * @param method the HTTP method: a cookie that changes something must come from a page of ours
 * @throws AppError auth.*, api_key.*, access.cross_origin
 */
export async function identify(services: Services, headers: IncomingHttpHeaders, method: string): Promise<Caller> {
  const key = headers['x-api-key']
  if (typeof key === 'string') {
    // whoever writes a rule for keys by this header must not find a person behind it
    if (!looksLikeKey(key)) throw new AppError('api_key.invalid')
    return verifyKey(services, key)
  }
  const credential = readBearer(headers)
  if (credential !== null) {
    if (looksLikeKey(credential)) return verifyKey(services, credential)
    return looksLikeChallenge(credential) ? services.people.fromChallenge(credential) : services.people.fromAccessToken(credential)
  }
  if (!headers.cookie) return { kind: 'anonymous' }
  const user = await services.people.fromCookie(headers)
  if (!user) return { kind: 'anonymous' }
  if (method !== 'GET' && method !== 'HEAD') assertOwnOrigin(services, headers)
  return user
}

function readBearer({ authorization }: IncomingHttpHeaders): string | null {
  if (authorization === undefined) return null
  const match = /^Bearer +([^\s]+)$/i.exec(authorization)
  if (!match) throw new AppError('auth.token_invalid', { detail: 'The Authorization header must be `Bearer` and one credential.' })
  return match[1]!
}

/** A browser adds its cookie whoever wrote the page; the page's origin is what tells ours from theirs (OWASP ASVS 5.0, 3.5.1). */
function assertOwnOrigin(services: Services, headers: IncomingHttpHeaders): void {
  if (headers.origin !== new URL(services.publicUrl).origin) throw new AppError('access.cross_origin')
}
