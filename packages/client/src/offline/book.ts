import { AnsweredIds } from './answered-ids.ts'
import type { Clock } from './clock.ts'
import type { DeclaredFeatures } from './failure-policy.ts'
import type { HeldLease, PassedUsage, QueueRecord } from './record.ts'
import { Spending } from './spending.ts'

/** Usage that passed, and that the server refused to count. */
export interface RejectedUsage {
  usage: PassedUsage
  /** Why, as the server's error table names it. */
  code: string
  /** When that was said; milliseconds since 1970. */
  rejectedAt: number
}

export interface LeaseAccount extends HeldLease {
  used: number
  /** It may only be settled. */
  ending: boolean
  /** The latest moment of the wall clock that is known of it; milliseconds since 1970. */
  seenAt: number
}

/** The newest of what was rejected are kept until they are dismissed; every one was told to `onReport`. */
const MOST_REJECTED = 1_000

/** What holds now: the sum of the journal's records. */
export class Book {
  declared: DeclaredFeatures | null = null
  /** Waiting to be reported, oldest first. */
  readonly queued = new Map<string, PassedUsage>()
  readonly rejected = new Map<string, RejectedUsage>()
  readonly leases = new Map<string, LeaseAccount>()
  readonly answered = new AnsweredIds()
  readonly #loadedSpends = new Map<string, { at: number; amount: number }[]>()
  readonly #spending = new Map<string, Spending>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  apply(record: QueueRecord): void {
    switch (record.t) {
      case 'declared':
        this.declared = record.declared
        return
      case 'passed':
        this.#enqueue(record.usage)
        return
      case 'reported':
      case 'dismissed':
        for (const id of record.ids) this.#drop(id)
        return
      case 'rejected':
        this.#reject(record.id, record.code, record.at)
        return
      case 'spent':
        this.#load(record.feature, record)
        return
      case 'lease':
        this.#hold(record.lease)
        return
      case 'used': {
        const lease = this.leases.get(record.leaseId)
        if (lease) {
          lease.used += record.amount
          lease.seenAt = Math.max(lease.seenAt, record.at)
        }
        if (record.requestId !== null) this.answered.add(record.requestId, { ...record, id: record.leaseId, by: 'lease' })
        return
      }
      case 'ending':
        this.#endLease(record.leaseId)
        return
      case 'settled':
        this.leases.delete(record.leaseId)
    }
  }

  /** Reads a record of an earlier run: what passed then counts against the caps of now. */
  restore(record: QueueRecord): void {
    this.apply(record)
    if (record.t === 'passed' && record.usage.by === 'open' && !record.inSpent) this.#load(record.usage.feature, record.usage)
  }

  spendingOf(feature: string, windowMs: number): Spending {
    const known = this.#spending.get(feature)
    if (known) return known
    const spending = new Spending()
    for (const { at, amount } of this.#loadedSpends.get(feature) ?? []) spending.add(amount, this.#elapsedAt(at), windowMs)
    this.#loadedSpends.delete(feature)
    this.#spending.set(feature, spending)
    return spending
  }

  /** About how many records a snapshot has. */
  size(): number {
    return this.queued.size + 2 * this.rejected.size + 3 * this.leases.size
  }

  /** The fewest records that make the same book. */
  snapshot(): QueueRecord[] {
    this.answered.trim(this.#clock.now())
    return [
      ...(this.declared ? [{ t: 'declared' as const, declared: this.declared }] : []),
      ...this.#spends(),
      ...[...this.queued.values()].map((usage) => ({ t: 'passed' as const, usage, inSpent: true })),
      ...[...this.rejected.values()].flatMap(({ usage, code, rejectedAt }) => [
        { t: 'passed' as const, usage, inSpent: true },
        { t: 'rejected' as const, id: usage.id, code, at: rejectedAt },
      ]),
      ...this.#leaseRecords(),
    ]
  }

  #enqueue(usage: PassedUsage): void {
    this.queued.set(usage.id, usage)
    if (usage.requestId !== null && usage.by === 'open') this.answered.add(usage.requestId, { ...usage, by: 'open' })
  }

  /** One that is held already keeps what was used of it. */
  #hold(lease: HeldLease): void {
    if (!this.leases.has(lease.leaseId)) this.leases.set(lease.leaseId, { ...lease, used: 0, ending: false, seenAt: lease.takenAt })
  }

  #endLease(leaseId: string): void {
    const lease = this.leases.get(leaseId)
    if (lease) lease.ending = true
  }

  #drop(id: string): void {
    const usage = this.queued.get(id) ?? this.rejected.get(id)?.usage
    this.queued.delete(id)
    this.rejected.delete(id)
    // from here on the server knows the request's id itself
    if (usage?.requestId) this.answered.forget(usage.requestId)
  }

  #reject(id: string, code: string, rejectedAt: number): void {
    const usage = this.queued.get(id)
    if (!usage) return
    this.queued.delete(id)
    this.rejected.set(id, { usage, code, rejectedAt })
    if (this.rejected.size > MOST_REJECTED) this.#drop(this.rejected.keys().next().value!)
  }

  #load(feature: string, { at, amount }: { at: number; amount: number }): void {
    const spends = this.#loadedSpends.get(feature) ?? []
    this.#loadedSpends.set(feature, spends)
    spends.push({ at, amount })
  }

  #spends(): QueueRecord[] {
    const loaded = [...this.#loadedSpends].flatMap(([feature, spends]) => spends.map((spend) => ({ feature, ...spend })))
    const live = [...this.#spending].flatMap(([feature, spending]) =>
      spending.parts().map(({ at, amount }) => ({ feature, amount, at: this.#clock.now() - (this.#clock.elapsed() - at) })),
    )
    return [...loaded, ...live].map((spend) => ({ t: 'spent' as const, ...spend }))
  }

  /** Each lease with what was used of it; uses that had a request id keep it. */
  #leaseRecords(): QueueRecord[] {
    const used = (leaseId: string, feature: string, amount: number, at: number, requestId: string | null) =>
      ({ t: 'used', leaseId, feature, amount, at, requestId }) as const
    const named = this.answered
      .ofLeases(this.#clock.now())
      .map(([requestId, { id, feature, amount, at }]) => used(id, feature, amount, at, requestId))
    const leases = [...this.leases.values()].flatMap(({ used: total, ending, seenAt, ...lease }): QueueRecord[] => {
      const rest = named.reduce((left, { leaseId, amount }) => (leaseId === lease.leaseId ? left - amount : left), total)
      const { leaseId, feature } = lease
      return [
        { t: 'lease', lease },
        ...(rest > 0 ? [used(leaseId, feature, rest, seenAt, null)] : []),
        ...(ending ? [{ t: 'ending' as const, leaseId }] : []),
      ]
    })
    return [...leases, ...named]
  }

  /** A moment of the wall clock on the clock that cannot be set; one that is to come counts as now. */
  #elapsedAt(at: number): number {
    return this.#clock.elapsed() - Math.max(0, this.#clock.now() - at)
  }
}
