const SMOOTHED_OVER_MS = 200

/** Units a second that are asked for, smoothed, so that a lease can be cut to what will be wanted. */
export class Demand {
  #perMs = 0
  #since: number
  #units = 0
  #requests = 0
  /** When anything was last asked for. */
  lastAt: number

  /** @param now milliseconds of the monotonic clock, as everywhere here */
  constructor(now: number) {
    this.#since = now
    this.lastAt = now
  }

  note(units: number, now: number): void {
    this.#units += units
    this.#requests++
    this.lastAt = now
  }

  /** Whether it was asked for more than once; a single request is no demand. */
  get isRepeated(): boolean {
    return this.#requests > 1
  }

  /** Units that so many milliseconds may be expected to want. */
  unitsIn(milliseconds: number, now: number): number {
    const elapsed = now - this.#since
    if (elapsed > 0) {
      const weight = 1 - Math.exp(-elapsed / SMOOTHED_OVER_MS)
      this.#perMs += (this.#units / elapsed - this.#perMs) * weight
      this.#units = 0
      this.#since = now
    }
    return this.#perMs * milliseconds
  }
}
