import { waitMs } from '../http/patience.ts'
import { isNoAnswer } from './no-answer.ts'
import { restFor } from './rest-for.ts'

/** Longest time between two attempts to find the server again. */
const LONGEST_PAUSE_MS = 30_000

interface Hooks {
  /** Asks the server anything that proves it answers this key. */
  probe: () => Promise<unknown>
  /** The server answers again. */
  onReturn: () => void
  now: () => number
}

/**
 * Whether the server answers. From the first call without an answer on it counts as away, so that the next ones need not wait for
 * it; it is looked for again in the background, at once and then with growing pauses.
 */
export class Contact {
  /** Since when it is away, milliseconds since 1970, and what the last attempt ended with. */
  away: { since: number; error: Error } | null = null
  /** What the server last refused this client as a whole with: a key that was revoked, a tenant that is suspended. */
  refusal: Error | null = null
  readonly #hooks: Hooks
  readonly #end = new AbortController()
  #looking: Promise<void> | null = null

  constructor(hooks: Hooks) {
    this.#hooks = hooks
  }

  /** Something was answered. */
  answered(): void {
    this.away = null
    this.refusal = null
  }

  /** A call ended so. What the server refuses is an answer too. */
  failed(error: Error): void {
    if (isNoAnswer(error)) {
      this.away = { since: this.away?.since ?? this.#hooks.now(), error }
      this.#looking ??= this.#look().finally(() => {
        this.#looking = null
      })
      return
    }
    this.away = null
    if ('status' in error && (error.status === 401 || error.status === 403)) this.refusal = error
  }

  close(): void {
    this.#end.abort()
  }

  async #look(): Promise<void> {
    for (let attempt = 1; !this.#end.signal.aborted; attempt++) {
      try {
        await this.#hooks.probe()
        this.answered()
        return this.#hooks.onReturn()
      } catch (error) {
        if (!isNoAnswer(error)) return this.failed(error as Error)
        this.away = { since: this.away?.since ?? this.#hooks.now(), error }
      }
      await restFor(Math.min(LONGEST_PAUSE_MS, waitMs(attempt, null) * 2 ** Math.max(0, attempt - 6)), this.#end.signal)
    }
  }
}
