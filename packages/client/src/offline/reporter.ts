import { TollkeeperError } from '../errors/tollkeeper-error.ts'
import { waitMs } from '../http/patience.ts'
import type { EventFate, TrackAnswer, UsageEvent } from '../usage.ts'
import type { Book, RejectedUsage } from './book.ts'
import type { Clock } from './clock.ts'
import type { Contact } from './contact.ts'
import type { Journal } from './journal.ts'
import type { PassedUsage } from './record.ts'
import { restFor } from './rest-for.ts'

/** What became of one batch of queued usage. */
export interface Report {
  /** When the server answered, ISO 8601. */
  at: string
  /** Events the server counted now. */
  counted: number
  /** Events it had counted before: their answer was lost, or the `authorize` they stand for was carried out. */
  duplicates: number
  /** Events it will not count, and why. They are kept until they are dismissed. */
  rejected: RejectedUsage[]
  /** What still waits. */
  queued: number
}

interface Needs {
  book: Book
  journal: Journal
  contact: Contact
  clock: Clock
  track: (events: UsageEvent[]) => Promise<Pick<TrackAnswer, 'events'>>
  onReport: ((report: Report) => void) | undefined
}

const MOST_AT_ONCE = 500
const LONGEST_PAUSE_MS = 300_000
/** The server promises to know a request id for 24 hours; this is well inside. */
const ID_KNOWN_FOR_MS = 20 * 3_600_000

/**
 * Sends queued usage, oldest first, until there is none. Every event keeps the id it got when it passed, so a batch whose answer
 * was lost is sent again and counted once. Nothing leaves the queue but what the server has told the fate of.
 */
export class Reporter {
  /** What the last attempt ended with; null after one that was answered. */
  error: Error | null = null
  readonly #needs: Needs
  readonly #end = new AbortController()
  /** Events the server takes for ones of the future: they are sent without a time, and count as of now. */
  readonly #undated = new Set<string>()
  #running: Promise<void> | null = null
  #retrying = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Sends what is queued, and again later where that fails. */
  start(): void {
    if (this.#retrying || this.#end.signal.aborted) return
    this.#retrying = true
    void this.#untilEmpty().finally(() => {
      this.#retrying = false
    })
  }

  /** Sends what is queued, once. @throws TollkeeperError, TollkeeperUnreachable, QueueUnavailable */
  sendAll(): Promise<void> {
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  close(): void {
    this.#end.abort()
  }

  async #untilEmpty(): Promise<void> {
    for (let attempt = 1; !this.#end.signal.aborted && this.#needs.book.queued.size > 0; attempt++) {
      try {
        await this.sendAll()
      } catch {
        // kept in `error`, and told by the state
        await restFor(Math.min(LONGEST_PAUSE_MS, waitMs(attempt, null) * 2 ** Math.max(0, attempt - 5)), this.#end.signal)
      }
    }
  }

  async #sendAll(): Promise<void> {
    const { book, contact } = this.#needs
    try {
      let most = MOST_AT_ONCE
      while (book.queued.size > 0) {
        const batch = [...book.queued.values()].slice(0, most)
        most = (await this.#send(batch)) ? MOST_AT_ONCE : Math.ceil(batch.length / 2)
      }
      this.error = null
    } catch (error) {
      this.error = error as Error
      contact.failed(this.error)
      throw error
    }
  }

  /** @returns false: the batch was refused as a whole, and has to be sent in smaller ones */
  async #send(batch: readonly PassedUsage[]): Promise<boolean> {
    const { track, contact } = this.#needs
    try {
      const { events } = await track(batch.map((usage) => this.#toEvent(usage)))
      contact.answered()
      await this.#settle(batch, events)
      return true
    } catch (error) {
      if (!(error instanceof TollkeeperError) || !error.code.startsWith('input.')) throw error
      if (batch.length > 1) return false
      await this.#settle(batch, [{ id: batch[0]!.id, state: 'rejected', code: error.code, path: null }])
      return true
    }
  }

  async #settle(batch: readonly PassedUsage[], fates: readonly EventFate[]): Promise<void> {
    const { journal, book, clock, onReport } = this.#needs
    const at = clock.now()
    const sent = new Map(batch.map((usage) => [usage.id, usage]))
    const known = fates.filter(({ id }) => sent.has(id))
    if (known.length === 0) throw new Error('The server told the fate of none of the events that it was sent.')
    const told = known.filter(({ id, state, code }) => !(state === 'rejected' && this.#isRetried(id, code)))
    const done = told.filter(({ state }) => state !== 'rejected').map(({ id }) => id)
    const refused = told.filter(({ state }) => state === 'rejected').map(({ id, code }) => ({ id, code: code ?? 'unknown' }))
    await journal.write(
      ...(done.length > 0 ? [{ t: 'reported' as const, ids: done }] : []),
      ...refused.map(({ id, code }) => ({ t: 'rejected' as const, id, code, at })),
    )
    const report: Report = {
      at: new Date(at).toISOString(),
      counted: told.filter(({ state }) => state === 'counted').length,
      duplicates: told.filter(({ state }) => state === 'duplicate').length,
      rejected: refused.map(({ id, code }) => ({ usage: sent.get(id)!, code, rejectedAt: at })),
      queued: book.queued.size,
    }
    // by itself, so that a callback that throws cannot stop what is to be sent
    queueMicrotask(() => onReport?.(report))
  }

  /** An event that is rejected only because this machine's clock is ahead is sent again without its time. */
  #isRetried(id: string, code: string | null): boolean {
    if (code !== 'quota.event_in_future' || this.#undated.has(id)) return false
    this.#undated.add(id)
    return true
  }

  #toEvent({ id, feature, amount, resource, member, at, requestId, asked, properties }: PassedUsage): UsageEvent {
    const names = requestId !== null && (asked || this.#needs.clock.now() - at < ID_KNOWN_FOR_MS)
    return {
      id,
      feature,
      amount,
      ...(this.#undated.has(id) ? {} : { at: new Date(at).toISOString() }),
      ...(names ? { requestId } : {}),
      ...(resource ? { resource } : {}),
      ...(member ? { member } : {}),
      ...(properties ? { properties } : {}),
    }
  }
}
