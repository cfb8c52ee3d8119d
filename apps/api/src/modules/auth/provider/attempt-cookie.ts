import type { Config } from '../../../config/config.ts'
import { cookieNamed, cookiePrefix, cookieText } from '../identity/cookies.ts'

type Needs = Pick<Config, 'production'>

const nameOf = (config: Needs) => `${cookiePrefix(config)}.provider`

/** The cookie that tells the browser that went out to a provider from every other one. @param lifetime seconds; 0 takes it away */
export function attemptCookie(config: Needs, value: string, lifetime: number): string {
  return cookieText(config, { name: nameOf(config), value, maxAge: lifetime })
}

export function readAttemptCookie(config: Needs, header: string | undefined): string | null {
  return cookieNamed(header ?? '', nameOf(config))[0] ?? null
}
