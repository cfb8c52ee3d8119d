import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../../config/config.ts'
import type { Secrets } from '../../../config/secrets.ts'
import { SESSION_LIFETIME } from '../enter/open-session.ts'
import { cookieNamed, cookiePrefix, cookieText } from './cookies.ts'

type Needs = { config: Pick<Config, 'production'>; secrets: Pick<Secrets, 'auth'> }

export function sessionCookie(config: Needs['config']): { prefix: string; name: string } {
  const prefix = cookiePrefix(config)
  return { prefix, name: `${prefix}.session` }
}

/** The cookie in which a browser holds its session. @param lifetime seconds */
export function sessionCookieFor({ config, secrets }: Needs, token: string, lifetime = SESSION_LIFETIME): string {
  const value = encodeURIComponent(`${token}.${signatureOf(token, secrets.auth)}`)
  return cookieText(config, { name: sessionCookie(config).name, value, maxAge: lifetime })
}

/** The header that takes the cookie away from the browser. */
export function expiredSessionCookie(config: Needs['config']): string {
  return cookieText(config, { name: sessionCookie(config).name, value: '', maxAge: 0 })
}

/**
 * The session token in a Cookie header, once its signature holds. The signature is better-auth's: HMAC-SHA-256 over the token,
 * base64, after a dot. So a token read from the database is not enough to come in with.
 * @returns null when there is none, or it was not signed by this server
 */
export function readSessionCookie(
  header: string,
  { config, secret }: { config: Pick<Config, 'production'>; secret: string },
): string | null {
  const { name } = sessionCookie(config)
  for (const value of cookieNamed(header, name)) {
    const token = verified(value, secret)
    if (token !== null) return token
  }
  return null
}

function verified(value: string, secret: string): string | null {
  const signed = decoded(value)
  const dot = signed.lastIndexOf('.')
  if (dot < 1) return null
  const token = signed.slice(0, dot)
  const given = Buffer.from(signed.slice(dot + 1))
  const expected = Buffer.from(signatureOf(token, secret))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null
}

function signatureOf(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64')
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // a percent sign that begins no escape: not a cookie this server wrote, so its signature cannot hold either
    return ''
  }
}
