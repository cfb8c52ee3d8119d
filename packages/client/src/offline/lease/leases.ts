import { TollkeeperError } from '../../errors/tollkeeper-error.ts'
import type { Book, LeaseAccount } from '../book.ts'
import type { Clock } from '../clock.ts'
import type { Contact } from '../contact.ts'
import type { FailurePolicy } from '../failure-policy.ts'
import type { Journal } from '../journal.ts'
import { type AuthorizeAnswer, toAnswer } from '../let-through.ts'
import { isNoAnswer } from '../no-answer.ts'
import type { LeaseSource } from './lease-source.ts'

type LeasePolicy = Extract<FailurePolicy, { kind: 'lease' }>

interface Needs {
  source: LeaseSource
  book: Book
  journal: Journal
  contact: Contact
  clock: Clock
}

interface Asked {
  feature: string
  amount: number
  /** Null where the caller gave none. */
  requestId: string | null
}

/** Renewed when less than this part of its units or of its time is left. */
const RENEW_BELOW = 1 / 3
/** Not asked for, or settled, again so soon after that failed. */
const AGAIN_AFTER_MS = 5_000
/** It ends here so much earlier than there, or by a tenth of its time where that is less. */
const ENDS_EARLIER_MS = 1_000
const GIVE_BACK_WITHIN_MS = 2_000

/**
 * Units taken ahead, and used without asking. Each use is durable before it is answered; a lease is renewed in the background before
 * it runs out, and settled with what was used of it. That it ends is durable before the server is told what was used, so a program
 * that is killed in between uses nothing more of it.
 */
export class Leases {
  /** What the last attempt to take or to settle one ended with. */
  error: Error | null = null
  readonly #needs: Needs
  /** Until when each may be used, on the clock that cannot be set. */
  readonly #usableUntil = new Map<string, number>()
  /** Of each lease, units whose use is being written. */
  readonly #writing = new Map<string, number>()
  readonly #taking = new Map<string, Promise<void>>()
  readonly #settling = new Map<string, Promise<void>>()
  /** By feature, and by lease. */
  readonly #againAt = new Map<string, number>()
  /** Of each feature, what was asked for and not answered yet. */
  readonly #asked = new Map<string, { requestId: string; elapsed: number; now: number }>()
  #closing = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /**
   * Uses units of a lease that is in hand, and sees to the next one.
   * @returns null where none has so many left
   * @throws QueueUnavailable
   */
  async use(policy: LeasePolicy, { feature, amount, requestId }: Asked): Promise<AuthorizeAnswer | null> {
    const { journal, clock } = this.#needs
    const lease = this.#usable(feature).find((one) => this.#left(one) >= amount)
    if (!lease) {
      this.#keepUp(policy, feature)
      return null
    }
    const { leaseId, units } = lease
    const left = this.#left(lease) - amount
    const at = clock.now()
    this.#writing.set(leaseId, (this.#writing.get(leaseId) ?? 0) + amount)
    this.#keepUp(policy, feature)
    try {
      await journal.write({ t: 'used', leaseId, feature, amount, at, requestId })
    } finally {
      this.#writing.set(leaseId, this.#writing.get(leaseId)! - amount)
    }
    return toAnswer({
      id: leaseId,
      feature,
      amount,
      limit: units,
      letThrough: { by: 'lease', at: new Date(at).toISOString(), left },
    })
  }

  /** Takes, renews and settles what is due, in the background. */
  tend(policies: readonly (readonly [feature: string, policy: FailurePolicy])[]): void {
    for (const [feature, policy] of policies) if (policy.kind === 'lease') this.#keepUp(policy, feature)
    for (const lease of this.#needs.book.leases.values()) {
      const isOver = lease.ending || this.#timeLeft(lease) <= 0 || lease.used >= lease.units
      if (isOver && !this.#needs.contact.away && this.#isTime(lease.leaseId)) void this.#settle(lease)
    }
  }

  /** Gives back what is not used, as far as the server can be reached; the next run of the program settles the rest. */
  async close(): Promise<void> {
    this.#closing = true
    await Promise.all(this.#taking.values())
    await Promise.all([...this.#needs.book.leases.values()].map((lease) => this.#settle(lease, GIVE_BACK_WITHIN_MS)))
  }

  /** Of each feature, what may be used now. */
  state(): Record<string, { units: number; used: number; usableUntil: string }> {
    const { book, clock } = this.#needs
    const state: ReturnType<Leases['state']> = {}
    for (const feature of new Set([...book.leases.values()].map((lease) => lease.feature))) {
      const usable = this.#usable(feature)
      if (usable.length === 0) continue
      const sum = (of: (lease: LeaseAccount) => number) => usable.reduce((total, lease) => total + of(lease), 0)
      const until = clock.now() + Math.max(...usable.map((lease) => this.#timeLeft(lease)))
      state[feature] = {
        units: sum(({ units }) => units),
        used: sum(({ used }) => used),
        usableUntil: new Date(until).toISOString(),
      }
    }
    return state
  }

  #usable(feature: string): LeaseAccount[] {
    const isUsable = (lease: LeaseAccount) => !lease.ending && !this.#settling.has(lease.leaseId) && this.#timeLeft(lease) > 0
    return [...this.#needs.book.leases.values()].filter((lease) => lease.feature === feature && isUsable(lease))
  }

  #left({ leaseId, units, used }: LeaseAccount): number {
    return units - used - (this.#writing.get(leaseId) ?? 0)
  }

  /**
   * The wall clock may only shorten it: it goes on where the other one stands still, as in a machine that sleeps. After a restart
   * there is no other one; where it was put back behind what the journal has seen, the lease is over.
   */
  #timeLeft({ leaseId, takenAt, seenAt, expiresAt }: LeaseAccount): number {
    const { clock } = this.#needs
    const byWall = expiresAt - clock.now()
    const until = this.#usableUntil.get(leaseId)
    if (until !== undefined) return Math.min(until - clock.elapsed(), byWall)
    const left = clock.now() < seenAt ? 0 : Math.min(expiresAt - takenAt, byWall)
    this.#usableUntil.set(leaseId, clock.elapsed() + left)
    return left
  }

  #isTime(of: string): boolean {
    return this.#needs.clock.elapsed() >= (this.#againAt.get(of) ?? 0)
  }

  #keepUp(policy: LeasePolicy, feature: string): void {
    const usable = this.#usable(feature)
    const units = usable.reduce((sum, lease) => sum + this.#left(lease), 0)
    const time = Math.max(0, ...usable.map((lease) => this.#timeLeft(lease)))
    if (units >= policy.units * RENEW_BELOW && time >= policy.expiresIn * 1000 * RENEW_BELOW) return
    if (this.#closing || this.#taking.has(feature) || !this.#isTime(feature) || this.#needs.contact.away) return
    this.#againAt.set(feature, this.#needs.clock.elapsed() + AGAIN_AFTER_MS)
    const taking = this.#take(policy, feature)
      .catch((error: Error) => this.#failed(error))
      .finally(() => this.#taking.delete(feature))
    this.#taking.set(feature, taking)
  }

  async #take({ units, expiresIn }: LeasePolicy, feature: string): Promise<void> {
    const { source, book, journal, clock, contact } = this.#needs
    if (!book.declared) return
    const { tenantId } = book.declared
    // counted from before it was asked for, so that it ends here before it does there
    const asked = this.#asked.get(feature) ?? { requestId: crypto.randomUUID(), elapsed: clock.elapsed(), now: clock.now() }
    this.#asked.set(feature, asked)
    const { requestId } = asked
    const claims = await source.take({ feature, units, expiresIn, tenantId, requestId, now: clock.now() }).catch((error: Error) => {
      if (!isNoAnswer(error)) this.#asked.delete(feature)
      throw error
    })
    this.#asked.delete(feature)
    contact.answered()
    this.error = null
    if (!claims) return
    const { leaseId } = claims
    const whole = Math.min(expiresIn * 1000, claims.expiresAt - claims.issuedAt)
    const lasts = whole - Math.min(ENDS_EARLIER_MS, whole / 10)
    if (!book.leases.has(leaseId)) this.#usableUntil.set(leaseId, asked.elapsed + lasts)
    const lease = { leaseId, feature, units: claims.units, takenAt: asked.now, expiresAt: asked.now + lasts }
    await journal.write({ t: 'lease', lease })
    this.#againAt.delete(feature)
  }

  #settle(lease: LeaseAccount, timeoutMs?: number): Promise<void> {
    const { leaseId } = lease
    const settling =
      this.#settling.get(leaseId) ??
      this.#end(lease, timeoutMs)
        .catch((error: Error) => this.#failed(error))
        .finally(() => this.#settling.delete(leaseId))
    this.#settling.set(leaseId, settling)
    return settling
  }

  async #end(lease: LeaseAccount, timeoutMs?: number): Promise<void> {
    const { source, journal, contact, clock } = this.#needs
    const { leaseId } = lease
    this.#againAt.set(leaseId, clock.elapsed() + AGAIN_AFTER_MS)
    // uses that are being written are written before this is
    if (!lease.ending) await journal.write({ t: 'ending', leaseId })
    try {
      await source.settle(leaseId, lease.used, timeoutMs)
      contact.answered()
    } catch (error) {
      // too late, so all of it counts as used; or forgotten since: there is nothing left to say to the server
      if (!(error instanceof TollkeeperError && (error.code === 'reservation.settled' || error.code === 'reservation.not_found')))
        throw error
      this.error = error
    }
    await journal.write({ t: 'settled', leaseId })
    this.#usableUntil.delete(leaseId)
    this.#writing.delete(leaseId)
    this.#againAt.delete(leaseId)
  }

  #failed(error: Error): void {
    this.error = error
    this.#needs.contact.failed(error)
  }
}
