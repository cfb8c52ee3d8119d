import type { ChangeFeed } from '../../../kernel/change-feed.ts'
import type { LiveSession } from './load-session.ts'

const MOST_ENTRIES = 20_000

/**
 * Sessions in this node's memory. An entry is only used while the change feed is fresh; whatever changes of a session, its
 * person or their memberships drops it first.
 */
export class SessionCache {
  #changes: ChangeFeed
  #entries = new Map<string, LiveSession>()
  /** Grows with every change, so that what was read before one is not kept after it. */
  #changesSeen = 0

  constructor(changes: ChangeFeed) {
    this.#changes = changes
    changes.on('session', (sessionId) => this.#drop((session) => session.sessionId === sessionId))
    changes.on('user', (userId) => this.#drop((session) => session.userId === userId))
    changes.on('tenant', (id) => this.#drop(({ memberships }) => memberships.some(({ tenantId }) => tenantId === id)))
    changes.on('member', (userId) => this.#drop((session) => session.userId === userId))
  }

  /** @param load reads the database; asked whenever memory cannot be trusted or knows nothing */
  async get(key: string, load: () => Promise<LiveSession | null>): Promise<LiveSession | null> {
    if (this.#changes.isFresh()) {
      const known = this.#entries.get(key)
      if (known) return known
    }
    const seenBefore = this.#changesSeen
    const loaded = await load()
    if (loaded && seenBefore === this.#changesSeen) this.#keep(key, loaded)
    return loaded
  }

  #keep(key: string, session: LiveSession): void {
    this.#entries.delete(key)
    this.#entries.set(key, session)
    if (this.#entries.size <= MOST_ENTRIES) return
    const oldest = this.#entries.keys().next()
    if (!oldest.done) this.#entries.delete(oldest.value)
  }

  #drop(matches: (session: LiveSession) => boolean): void {
    this.#changesSeen++
    for (const [key, session] of this.#entries) if (matches(session)) this.#entries.delete(key)
  }
}
