import { TollkeeperUnreachable } from '../errors/tollkeeper-unreachable.ts'
import type { Settings } from '../settings.ts'
import { attempt, type Outcome } from './attempt.ts'
import { Patience, pause, waitMs } from './patience.ts'

export interface Call {
  method: 'GET' | 'POST'
  /** Below `/api/v1`. */
  path: string
  /** JSON, made once: every repetition sends the very same. */
  body?: string
  requestId?: string
}

export interface CallOptions {
  /** Ends the call, also while it waits; what is thrown is the signal's reason. */
  signal?: AbortSignal
  /** Milliseconds this call may take, with every repetition and every wait. Absent: as the client was made. */
  timeoutMs?: number
}

/** Worth the same request again: too many calls, or a server or proxy that is not ready. */
const passing = new Set([429, 502, 503, 504])

/**
 * Sends a call until it is answered, refused for good, or the time is over. Every call of this client may be repeated: reads
 * change nothing, `authorize` and `reserve` carry a requestId, a reservation is settled once, and each reported event its id.
 * @throws TollkeeperError, TollkeeperUnreachable, or the reason of the caller's signal
 */
export async function send<Answer>(settings: Settings, call: Call, { signal, timeoutMs }: CallOptions = {}): Promise<Answer> {
  const patience = new Patience(timeoutMs ?? settings.timeoutMs)
  let mayHaveArrived = false
  for (let attempts = 1; ; attempts++) {
    const outcome = await attempt(settings, call, patience.nextAttemptMs(), signal)
    if (outcome.kind === 'answered') return outcome.answer as Answer
    mayHaveArrived ||= outcome.kind === 'refused' || !neverLeft(outcome.cause)
    const wait = timeToWait(outcome, attempts)
    if (wait === null || wait >= patience.leftMs()) {
      if (outcome.kind === 'refused') throw outcome.error
      const { url } = settings
      const { requestId = null } = call
      const elapsedMs = patience.elapsedMs()
      throw new TollkeeperUnreachable({ url, attempts, elapsedMs, requestId, mayHaveArrived, cause: outcome.cause })
    }
    await pause(wait, signal)
  }
}

/** Null: asking again would change nothing. */
function timeToWait(outcome: Exclude<Outcome, { kind: 'answered' }>, attempts: number): number | null {
  if (outcome.kind === 'lost') return waitMs(attempts, null)
  return passing.has(outcome.error.status) ? waitMs(attempts, outcome.error.retryAfterSeconds) : null
}

/** What ends an attempt before there is a connection. */
const beforeConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Whether it is certain that nothing was sent. `fetch` hides the reason one or two causes down. */
function neverLeft(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  if ('code' in cause && beforeConnection.has(String(cause.code))) return true
  return cause.cause !== undefined && neverLeft(cause.cause)
}
