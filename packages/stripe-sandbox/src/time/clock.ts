/** The sandbox's own time. It runs with the real clock and can be moved forward, never back. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number
  /** How far ahead of the real clock it is, in milliseconds. */
  ahead(): number
  /** Moves to `instant` (unix milliseconds). Throws a RangeError if that lies in the past. */
  moveTo(instant: number): void
}

export function createClock(realNow: () => number, ahead = 0): Clock {
  let lead = ahead
  const now = () => realNow() + lead
  return {
    now,
    ahead: () => lead,
    moveTo(instant) {
      if (!Number.isFinite(instant)) throw new RangeError('The sandbox clock needs a valid date.')
      if (instant < now()) {
        throw new RangeError(
          `The sandbox clock only moves forward: it is ${new Date(now()).toISOString()}, and ${new Date(instant).toISOString()} lies before it.`,
        )
      }
      lead += instant - now()
    },
  }
}
