import { QueueUnavailable } from '../errors/queue-unavailable.ts'
import type { HeldBack } from '../errors/tollkeeper-unreachable.ts'
import { send } from '../http/call.ts'
import type { Settings } from '../settings.ts'
import type { TrackAnswer } from '../usage.ts'
import { Book } from './book.ts'
import { type Clock, systemClock } from './clock.ts'
import { Contact } from './contact.ts'
import { assertPolicy, closed, type DeclaredFeature, type DeclaredFeatures, type FailurePolicy } from './failure-policy.ts'
import { Journal } from './journal.ts'
import { LeaseSource } from './lease/lease-source.ts'
import { Leases } from './lease/leases.ts'
import type { AuthorizeAnswer } from './let-through.ts'
import type { OfflineOptions } from './options.ts'
import { Reporter } from './reporter.ts'
import { restFor } from './rest-for.ts'

type Passing = AuthorizeAnswer | HeldBack

/** How long a probe may take. */
const PROBE_MS = 3_000
const READ_AGAIN_AFTER_MS = 300_000
const OPEN_AGAIN_AFTER_MS = 1_000
const TEND_EVERY_MS = 1_000

/** What the offline side is made of, put together. */
export class Desk {
  readonly settings: Settings
  readonly options: OfflineOptions
  readonly clock: Clock
  readonly book: Book
  readonly journal: Journal
  readonly contact: Contact
  readonly reporter: Reporter
  readonly leases: Leases
  /** Settled after the first attempt to open the queue, however it ended. */
  readonly firstAttempt: Promise<void>
  readonly opened: Promise<void>
  readonly #end = new AbortController()
  #fault: QueueUnavailable | null = new QueueUnavailable('closed', 'The queue is not open yet.')
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | null = null
  readonly #passing = new Map<string, Promise<Passing>>()

  constructor(settings: Settings, options: OfflineOptions, clock: Clock = systemClock) {
    for (const [feature, policy] of Object.entries(options.policies ?? {})) assertPolicy(feature, policy)
    this.settings = settings
    this.options = options
    this.clock = clock
    this.book = new Book(clock)
    this.journal = new Journal(this.book, options.queue)
    this.contact = new Contact({ probe: () => this.readFeatures(), onReturn: () => this.#work(), now: () => clock.now() })
    const { book, journal, contact } = this
    this.leases = new Leases({ source: new LeaseSource(settings), book, journal, contact, clock })
    this.reporter = new Reporter({
      book,
      journal,
      contact,
      clock,
      onReport: options.onReport,
      track: (events) => send<TrackAnswer>(settings, { method: 'POST', path: '/usage', body: JSON.stringify({ events }) }),
    })
    const attempt = this.#open()
    this.firstAttempt = attempt.then(
      () => undefined,
      () => undefined,
    )
    this.opened = attempt.catch((error) => this.#openLater(error))
    void this.#tend()
    // whoever needs it asks `assertOpen`, which tells the same
    this.opened.catch(() => undefined)
  }

  /** Why nothing can be kept now; null when it can. */
  get fault(): QueueUnavailable | null {
    return this.#fault
  }

  /** @throws QueueUnavailable */
  assertOpen(): void {
    if (this.#fault) throw this.#fault
  }

  /** @throws QueueUnavailable where too much is waiting */
  assertRoomFor(events: number): void {
    this.assertOpen()
    const most = this.options.maxQueued ?? 100_000
    if (this.book.queued.size + events <= most) return
    throw new QueueUnavailable(
      'full',
      `${this.book.queued.size} events wait to be reported, and ${most} may. Nothing passes until some are.`,
    )
  }

  /** Does for a request id once what is asked for it many times at once. */
  once(requestId: string, pass: () => Promise<Passing>): Promise<Passing> {
    const passing = this.#passing.get(requestId) ?? pass().finally(() => this.#passing.delete(requestId))
    this.#passing.set(requestId, passing)
    return passing
  }

  /** Undefined: nothing was declared that is known here. */
  policyOf(feature: string): FailurePolicy | undefined {
    const declared = this.book.declared?.features.find((one) => one.feature === feature)
    if (declared && declared.kind !== 'metered') return closed
    return this.options.policies?.[feature] ?? declared?.failurePolicy
  }

  /** What holds for each feature that is known. */
  policies(): (readonly [feature: string, policy: FailurePolicy])[] {
    const declared = (this.book.declared?.features ?? []).map(({ feature }) => feature)
    const names = new Set([...declared, ...Object.keys(this.options.policies ?? {})])
    return [...names].map((name) => [name, this.policyOf(name)!] as const)
  }

  /** Reads the declared policies again where those in hand are old; without being waited for. */
  refresh(): void {
    if (this.clock.elapsed() - this.#readAt < READ_AGAIN_AFTER_MS || this.#reading) return
    this.readFeatures().catch((error) => this.contact.failed(error))
  }

  /** @throws TollkeeperError, TollkeeperUnreachable */
  readFeatures(): Promise<void> {
    this.#reading ??= this.#readFeatures().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async close(): Promise<void> {
    const mayGiveBack = this.#fault === null && !this.contact.away
    this.#end.abort()
    this.contact.close()
    this.reporter.close()
    this.#fault = new QueueUnavailable('closed', 'This client was closed.')
    await this.firstAttempt
    if (mayGiveBack) await this.leases.close()
    await this.journal.close()
  }

  async #open(): Promise<void> {
    try {
      await this.journal.open()
    } catch (error) {
      this.#fault = asFault(error)
      throw error
    }
    if (this.#end.signal.aborted) return
    this.#fault = null
    this.refresh()
    this.#work()
  }

  /** Another process may let go of it, and a disk may come back; what is damaged stays so. */
  async #openLater(error: unknown): Promise<void> {
    for (let last = error; ; ) {
      if (asFault(last).fault === 'damaged') throw last
      await restFor(OPEN_AGAIN_AFTER_MS, this.#end.signal)
      if (this.#end.signal.aborted) throw this.#fault
      try {
        return await this.#open()
      } catch (again) {
        last = again
      }
    }
  }

  #work(): void {
    if (this.#fault !== null) return
    this.reporter.start()
    this.leases.tend(this.policies())
  }

  /**
   * Leases are renewed and settled also while nobody asks for anything, and what became durable only after the server had answered
   * again is reported.
   */
  async #tend(): Promise<void> {
    while (!this.#end.signal.aborted) {
      await restFor(TEND_EVERY_MS, this.#end.signal)
      if (this.#fault !== null) continue
      this.leases.tend(this.policies())
      if (!this.contact.away) this.reporter.start()
    }
  }

  async #readFeatures(): Promise<void> {
    const { settings } = this
    const { tenantId, features } = await send<{ tenantId: string; features: DeclaredFeature[] }>(
      settings,
      { method: 'GET', path: '/features' },
      { timeoutMs: PROBE_MS, signal: this.#end.signal },
    )
    this.#readAt = this.clock.elapsed()
    this.contact.answered()
    await this.firstAttempt
    if (this.#fault?.fault === 'other_tenant') this.#fault = null
    if (this.#fault === null) await this.#declare({ tenantId, features, readAt: this.clock.now() })
  }

  async #declare(declared: DeclaredFeatures): Promise<void> {
    const before = this.book.declared
    if (before && before.tenantId !== declared.tenantId && this.book.queued.size + this.book.leases.size > 0) {
      this.#fault = new QueueUnavailable(
        'other_tenant',
        `What is queued belongs to the tenant ${before.tenantId}, and this key to ${declared.tenantId}. Use a key of that tenant, or another file.`,
      )
      return
    }
    await this.journal.write({ t: 'declared', declared })
    this.leases.tend(this.policies())
  }
}

function asFault(error: unknown): QueueUnavailable {
  if (error instanceof QueueUnavailable) return error
  return new QueueUnavailable('unwritable', `The queue could not be opened: ${error instanceof Error ? error.message : error}`, {
    cause: error,
  })
}
