const firstWaitMs = 100
const longestWaitMs = 2_000
const shortestAttemptMs = 250

/** How long one call may still take. Repetitions end when it does, not after a number of them. */
export class Patience {
  #startedAt = performance.now()
  #timeoutMs: number

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  elapsedMs(): number {
    return performance.now() - this.#startedAt
  }

  leftMs(): number {
    return Math.max(0, this.#timeoutMs - this.elapsedMs())
  }

  /** Half of what is left: a connection that hangs leaves time to try another. */
  nextAttemptMs(): number {
    return Math.min(this.leftMs(), Math.max(this.leftMs() / 2, shortestAttemptMs))
  }
}

/**
 * Milliseconds to wait after an attempt (counted from 1): what the server asked for, or a doubling time. Spread, so that many
 * clients that were refused together do not come back together.
 */
export function waitMs(attempt: number, retryAfterSeconds: number | null, random: () => number = Math.random): number {
  const doubling = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1))
  const asked = (retryAfterSeconds ?? 0) * 1000
  return asked > doubling ? asked + random() * doubling : doubling * (0.5 + random() / 2)
}

/** Waits, or throws the signal's reason as soon as it is aborted. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
