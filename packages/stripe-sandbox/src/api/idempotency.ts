import { createHash } from 'node:crypto'
import type { Store } from '../books/store.ts'
import { ApiError } from './api-error.ts'

/** The answer a key was first given, kept so that the same request never does its work twice. */
export interface StoredAnswer {
  /** The key as sent. */
  id: string
  fingerprint: string
  status: number
  body: string
  requestId: string
  /** Unix milliseconds on the real clock. */
  at: number
}

const daysKept = 30

/** Stripe's contract: one key, one request, one answer. */
export interface Idempotency {
  /** The stored answer to replay, or null if this request is the first; then it must be ended with `settle` or `release`. */
  begin(key: string, fingerprint: string): StoredAnswer | null
  settle(answer: StoredAnswer): void
  /** Ends a request whose outcome is not kept: refused before it did anything. */
  release(key: string): void
}

export function createIdempotency(store: Store, realNow: () => number): Idempotency {
  const running = new Set<string>()
  const oldest = realNow() - daysKept * 86_400_000
  for (const answer of store.all('answers')) if (answer.at < oldest) store.remove('answers', answer.id)
  store.commit()
  return {
    begin(key, fingerprint) {
      if (key.length > 255) {
        throw new ApiError(
          400,
          'idempotency_error',
          'The `Idempotency-Key` may have at most 255 characters. Use a shorter one, a UUID for example.',
        )
      }
      const stored = store.get('answers', key)
      if (stored && realNow() - stored.at < daysKept * 86_400_000) {
        if (stored.fingerprint === fingerprint) return stored
        throw new ApiError(
          400,
          'idempotency_error',
          `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        )
      }
      if (running.has(key)) {
        throw new ApiError(
          409,
          'idempotency_error',
          `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Try again later.`,
          { code: 'idempotency_key_in_use' },
        )
      }
      running.add(key)
      return null
    },
    settle(answer) {
      running.delete(answer.id)
      store.put('answers', answer)
      store.commit()
    },
    release(key) {
      running.delete(key)
    },
  }
}

/** What makes two requests the same: method, path and body. */
export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex')
}
