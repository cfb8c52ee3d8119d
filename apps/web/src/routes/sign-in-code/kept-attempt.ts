import { kept } from '../../session/storage.ts'
import type { Attempt } from './sign-in-code.tsx'

const ofThisTab = kept(() => sessionStorage, 'tollkeeper.mail-sign-in')

/** The attempt this tab has made, for who leaves the page to read their mail and comes back. Over when the code is. */
export const keptAttempt = {
  read(now = Date.now()): Attempt | null {
    const found = parse(ofThisTab.read())
    return found && Date.parse(found.expiresAt) > now ? found : null
  },
  write(attempt: Attempt | null): void {
    ofThisTab.write(attempt && JSON.stringify(attempt))
  },
}

function parse(text: string | null): Attempt | null {
  try {
    const found: unknown = JSON.parse(text ?? 'null')
    return isAttempt(found) ? found : null
  } catch {
    // somebody else's writing under this name
    return null
  }
}

function isAttempt(found: unknown): found is Attempt {
  if (typeof found !== 'object' || found === null) return false
  return ['attempt', 'email', 'expiresAt'].every((name) => typeof (found as Record<string, unknown>)[name] === 'string')
}
