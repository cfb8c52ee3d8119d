/** What was answered to a request id without the server. */
export interface AnsweredId {
  feature: string
  amount: number
  /** Milliseconds since 1970. */
  at: number
  by: 'open' | 'lease'
  /** Of the usage that is queued, or of the lease. */
  id: string
}

/** For how long the ids of a lease's answers are known: as long as the server promises for its own. */
const KNOWN_FOR_MS = 24 * 3_600_000
const MOST_KNOWN = 10_000

/**
 * The request ids that were answered without the server, so that they are answered the same and counted once. Those of queued
 * usage are known until it is reported, as the server knows them from then on; those of a lease for a day.
 */
export class AnsweredIds {
  readonly #ids = new Map<string, AnsweredId>()

  get(requestId: string): AnsweredId | undefined {
    return this.#ids.get(requestId)
  }

  add(requestId: string, answered: AnsweredId): void {
    this.#ids.set(requestId, answered)
  }

  forget(requestId: string): void {
    this.#ids.delete(requestId)
  }

  /** Those of leases, that are not too old at `now`. */
  ofLeases(now: number): [requestId: string, answered: AnsweredId][] {
    const known = [...this.#ids].filter(([, { by, at }]) => by === 'lease' && now - at < KNOWN_FOR_MS)
    return known.slice(-MOST_KNOWN)
  }

  /** Forgets the ids of leases that need not be known any longer. */
  trim(now: number): void {
    const kept = new Set(this.ofLeases(now).map(([requestId]) => requestId))
    for (const [requestId, { by }] of this.#ids) if (by === 'lease' && !kept.has(requestId)) this.#ids.delete(requestId)
  }
}
