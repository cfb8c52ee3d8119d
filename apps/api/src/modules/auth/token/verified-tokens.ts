import type { ChangeFeed } from '../../../kernel/change-feed.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { AccessClaims } from './access-token.ts'

const MOST_ENTRIES = 20_000

/**
 * Access tokens whose signature was checked before: the same text is true again until it expires, so it is not checked a second
 * time. Whether its session still lives is asked each time all the same.
 */
export class VerifiedTokens {
  #changes: ChangeFeed
  #clock: Clock
  #entries = new Map<string, AccessClaims>()
  /** How often the keys have changed. What was checked before a change is answered, and not kept. */
  #keyChanges = 0

  constructor(changes: ChangeFeed, clock: Clock) {
    this.#changes = changes
    this.#clock = clock
    changes.on('signing_key', () => {
      this.#keyChanges += 1
      this.#entries.clear()
    })
  }

  /** @param read checks the token; what it throws is not kept */
  async get(token: string, read: () => Promise<AccessClaims>): Promise<AccessClaims> {
    const known = this.#entries.get(token)
    if (known && this.#changes.isFresh() && known.expiresAt > this.#clock.now().getTime()) return known
    this.#entries.delete(token)
    const changesBefore = this.#keyChanges
    const claims = await read()
    if (changesBefore !== this.#keyChanges) return claims
    if (this.#entries.size >= MOST_ENTRIES) {
      const oldest = this.#entries.keys().next()
      if (!oldest.done) this.#entries.delete(oldest.value)
    }
    this.#entries.set(token, claims)
    return claims
  }
}
