import type { Config } from '../../../config/config.ts'
import { cookieNamed, cookiePrefix, cookieText } from '../identity/cookies.ts'
import { CHALLENGE_LIFETIME } from './challenge.ts'

type Needs = { config: Pick<Config, 'production'> }

const nameOf = (config: Needs['config']) => `${cookiePrefix(config)}.challenge`

/** The cookie in which a browser holds a sign-in that waits for its second factor. */
export function challengeCookie({ config }: Needs, token: string): string {
  return cookieText(config, { name: nameOf(config), value: token, maxAge: CHALLENGE_LIFETIME })
}

export function expiredChallengeCookie(config: Needs['config']): string {
  return cookieText(config, { name: nameOf(config), value: '', maxAge: 0 })
}

/** @returns the token, or null when the header holds none */
export function readChallengeCookie(header: string, config: Needs['config']): string | null {
  return cookieNamed(header, nameOf(config))[0] ?? null
}
