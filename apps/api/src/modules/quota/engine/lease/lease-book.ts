import type { Pool } from 'pg'
import type { Clock } from '../../../../kernel/clock.ts'
import type { ConsumeOutcome, ConsumeRequest } from '../../../../kernel/ports/quota-engine.ts'
import type { Logger } from '../../../../kernel/services.ts'
import { inOneTransaction } from '../in-one-transaction.ts'
import { allowedOutcome } from '../outcome.ts'
import type { QuotaWindow } from '../window-of.ts'
import { LEASE_MS, Lease } from './lease.ts'
import { takeUnits } from './take-units.ts'
import { endLeases, type LeaseWrite, writeLeases } from './write-leases.ts'

export interface LeaseBookParts {
  pool: Pool
  clock: Clock
  logger: Logger
  /** Milliseconds of a clock that nobody sets. */
  monotonic: () => number
  /** Units came back to a tenant. */
  roomCameBack: (tenantId: string) => void
}

/** How often what was given out is written while there is something, and looked after while there is not. */
const BUSY_MS = 5
const IDLE_MS = 100
const AFTER_A_FAULT_MS = 100
/** A balance whose lease had to go back for a request that found too little, or that had nothing to give, is left alone for a while. */
const PAUSE_MS = 100
const PAUSE_AFTER_NOTHING_MS = 20
const CLOSE_WITHIN_MS = 10_000

/**
 * The leases of one node. Units are taken of a balance ahead and in the database first, so whatever happens to this node they are
 * charged; what was given out is written every few milliseconds, and what is left goes back when the lease is over, by this node and
 * nobody else. A node that is killed leaves its leases charged until their window ends: nobody can know what it gave out last.
 */
export class LeaseBook {
  #parts: LeaseBookParts
  #leases = new Map<string, Lease>()
  #pausedUntil = new Map<string, number>()
  #turning: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  /** When the next turn is due; infinite where none is. */
  #dueAt = Number.POSITIVE_INFINITY
  #closing = false

  constructor(parts: LeaseBookParts) {
    this.#parts = parts
  }

  /** Gives a request its units from memory; undefined where they have to be counted in the database. */
  serve(request: ConsumeRequest, window: QuotaWindow): ConsumeOutcome | undefined {
    if (this.#closing) return undefined
    const { tenantId, entitlement, amount, callerId, memberId = null, decisionId } = request
    const now = this.#parts.monotonic()
    const key = keyOf(tenantId, entitlement.featureKey, window)
    let lease = this.#leases.get(key)
    if (!lease) {
      lease = new Lease({ tenantId, featureKey: entitlement.featureKey, window }, now)
      this.#leases.set(key, lease)
    }
    lease.demand.note(amount, now)
    const served = lease.serve({ callerId, memberId }, amount, now)
    if (this.#dueAt > now + BUSY_MS) this.#wake(BUSY_MS)
    if (!served) return undefined
    return allowedOutcome({ decisionId, window }, lease.granted, lease.outside + lease.room)
  }

  /** Gives back what this node has left of a balance, for a request that found too little. @returns whether there was anything */
  async giveBack({ tenantId, entitlement }: ConsumeRequest, window: QuotaWindow): Promise<boolean> {
    const key = keyOf(tenantId, entitlement.featureKey, window)
    const lease = this.#leases.get(key)
    if (!lease || lease.room === 0) return false
    lease.ending = true
    this.#pausedUntil.set(key, this.#parts.monotonic() + PAUSE_MS)
    if (this.#turning) await this.#turning
    await this.#turn()
    return this.#leases.get(key) !== lease
  }

  /** What a tenant may use has changed: what was taken under the old terms goes back. */
  endOf(tenantId: string): void {
    for (const lease of this.#leases.values()) if (lease.tenantId === tenantId) lease.ending = true
    if (this.#leases.size > 0) this.#wake(0)
  }

  /** Writes what was given out and gives everything back. What cannot be given back within ten seconds stays charged. */
  async close(): Promise<void> {
    this.#closing = true
    const giveUpAt = performance.now() + CLOSE_WITHIN_MS
    for (const lease of this.#leases.values()) lease.ending = true
    while (this.#leases.size > 0 && performance.now() < giveUpAt) {
      if (this.#turning) await this.#turning
      await this.#turn()
      if (this.#leases.size > 0) await new Promise((resolve) => setTimeout(resolve, BUSY_MS))
    }
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#leases.size > 0)
      this.#parts.logger.error({ leases: this.#leases.size }, 'leases could not be given back and stay charged')
  }

  /** Has a turn begin then, at the latest. */
  #wake(afterMs: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#dueAt = this.#parts.monotonic() + afterMs
    this.#timer = setTimeout(() => void this.#turn(), afterMs).unref()
  }

  #turn(): Promise<void> {
    this.#turning ??= this.#work().finally(() => {
      this.#turning = null
    })
    return this.#turning
  }

  async #work(): Promise<void> {
    // whoever asks meanwhile waits for what follows this turn
    this.#dueAt = Number.NEGATIVE_INFINITY
    let next = BUSY_MS
    try {
      await this.#write()
      if (!this.#closing) await this.#refill()
      this.#forget()
      if (![...this.#leases.values()].some(({ isDirty, ending }) => isDirty || ending)) next = IDLE_MS
    } catch (error) {
      // totals are written again, and units that were taken without our knowing come back with their lease
      this.#parts.logger.warn({ err: error }, 'leases could not be written; they will be again')
      next = AFTER_A_FAULT_MS
    }
    this.#dueAt = Number.POSITIVE_INFINITY
    if (this.#leases.size > 0 && !this.#closing) this.#wake(next)
  }

  async #write(): Promise<void> {
    const now = this.#parts.monotonic()
    const going: LeaseWrite[] = []
    const staying: LeaseWrite[] = []
    for (const lease of this.#leases.values()) {
      if (!lease.isTaken) continue
      if (now >= lease.deadline) lease.ending = true
      if (lease.ending) going.push({ lease, written: lease.toWrite(), ends: true })
      else if (lease.isDirty) staying.push({ lease, written: lease.toWrite(), ends: false })
    }
    const at = this.#parts.clock.now()
    if (staying.length > 0) await writeLeases(this.#parts.pool, staying, at)
    for (const { lease, written } of staying) lease.wrote(written)
    // what was frozen before may be less than what was given out since
    const whole = going.filter(({ lease, written }) => written.to === lease.served)
    const rest = going.filter(({ lease, written }) => written.to < lease.served).map((one) => ({ ...one, ends: false }))
    if (rest.length > 0) await writeLeases(this.#parts.pool, rest, at)
    for (const { lease, written } of rest) lease.wrote(written)
    if (whole.length === 0) return
    await inOneTransaction(this.#parts.pool, (client) => endLeases(client, whole, at))
    for (const { lease, written } of whole) {
      lease.wrote(written)
      this.#leases.delete(keyOf(lease.tenantId, lease.featureKey, lease.window))
      this.#parts.roomCameBack(lease.tenantId)
    }
  }

  async #refill(): Promise<void> {
    const sentAt = this.#parts.monotonic()
    const wanted: { lease: Lease; units: number }[] = []
    for (const [key, lease] of this.#leases) {
      if ((this.#pausedUntil.get(key) ?? 0) > sentAt) continue
      const units = lease.lacking(sentAt)
      if (units > 0) wanted.push({ lease, units })
    }
    if (wanted.length === 0) return
    const now = this.#parts.clock.now()
    const expiresAt = new Date(now.getTime() + LEASE_MS)
    try {
      for (const { lease, ...taken } of await takeUnits(this.#parts.pool, wanted, { now, expiresAt }))
        Object.assign(lease, taken, { deadline: sentAt + LEASE_MS })
    } catch (error) {
      // it may have been done all the same: what was taken goes back with the lease
      for (const { lease } of wanted) if (!lease.isTaken) lease.deadline = sentAt
      throw error
    }
    for (const { lease } of wanted)
      if (lease.room === 0)
        this.#pausedUntil.set(keyOf(lease.tenantId, lease.featureKey, lease.window), sentAt + PAUSE_AFTER_NOTHING_MS)
  }

  /** Lets go of balances that nobody asks for any more and nothing was taken of. */
  #forget(): void {
    const now = this.#parts.monotonic()
    for (const [key, lease] of this.#leases)
      if (!lease.isTaken && (lease.ending || now - lease.demand.lastAt > LEASE_MS)) this.#leases.delete(key)
    for (const [key, until] of this.#pausedUntil) if (until <= now) this.#pausedUntil.delete(key)
  }
}

function keyOf(tenantId: string, featureKey: string, { startText }: QuotaWindow): string {
  return `${tenantId} ${featureKey} ${startText}`
}
