import type { Config } from '../../../config/config.ts'

type Needs = Pick<Config, 'production'>

/** In production the `__Host-` prefix makes browsers refuse a cookie unless it is Secure and of this host alone. */
export function cookiePrefix({ production }: Needs): string {
  return production ? '__Host-tollkeeper' : 'tollkeeper'
}

/** A Set-Cookie header: no page can read it, no other site's form brings it. @param cookie.maxAge seconds; 0 takes it away */
export function cookieText(
  { production }: Needs,
  { name, value, maxAge }: { name: string; value: string; maxAge: number },
): string {
  return `${name}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Lax${production ? '; Secure' : ''}`
}

/** The values of one name in a Cookie header; a browser can be made to send several. */
export function cookieNamed(header: string, name: string): string[] {
  return header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at >= 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
}
