import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../../config/config.ts'

/** In production the `__Host-` prefix makes browsers refuse the cookie unless it is Secure and of this host alone. */
export function sessionCookie({ production }: Pick<Config, 'production'>): { prefix: string; name: string } {
  const prefix = production ? '__Host-tollkeeper' : 'tollkeeper'
  return { prefix, name: `${prefix}.session` }
}

/** The header that takes the cookie away from the browser. */
export function expiredSessionCookie(config: Pick<Config, 'production'>): string {
  return `${sessionCookie(config).name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${config.production ? '; Secure' : ''}`
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
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    const token = verified(pair.slice(at + 1).trim(), secret)
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
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // a percent sign that begins no escape: not a cookie this server wrote, so its signature cannot hold either
    return ''
  }
}
