import { newId } from '../../../../kernel/new-id.ts'
import { addShare, type Share } from '../batch.ts'
import type { QuotaWindow } from '../window-of.ts'
import { Demand } from './demand.ts'

/** How long units may be given out from memory after they were last asked of the database. */
export const LEASE_MS = 1_000
/** A lease is cut to what so much time may be expected to want, or to so many units where that is less. */
const AHEAD_MS = 80
const LEAST_UNITS = 64

/** What of a lease is to be written: up to which total, so that writing it twice is writing it once, and who was given how much of it. */
export interface Written {
  to: number
  shares: Share[]
}

/** Units of one balance that one node took ahead, and gives out from memory. */
export class Lease {
  readonly id = newId('lease')
  readonly tenantId: string
  readonly featureKey: string
  readonly window: QuotaWindow
  readonly demand: Demand
  /** Units that were ever taken of the balance, and those given out, written or not. */
  units = 0
  served = 0
  /** Monotonic: counted from before the units were asked for, so it is over here before anybody could think it over. */
  deadline = 0
  /** What the balance holds beside this lease, as it was last heard. */
  granted: number | null = null
  outside = 0
  /** It gives out nothing any more, and goes back. */
  ending = false
  #written = 0
  #shares = new Map<string, Share>()
  #underWay: Written | null = null

  constructor({ tenantId, featureKey, window }: Pick<Lease, 'tenantId' | 'featureKey' | 'window'>, now: number) {
    this.tenantId = tenantId
    this.featureKey = featureKey
    this.window = window
    this.demand = new Demand(now)
  }

  get room(): number {
    return this.units - this.served
  }

  /** Whether there is, or may be, something of it in the database. */
  get isTaken(): boolean {
    return this.deadline > 0
  }

  get isDirty(): boolean {
    return this.served > this.#written
  }

  /** Gives out units, if it may. */
  serve(asking: Pick<Share, 'callerId' | 'memberId'>, amount: number, now: number): boolean {
    if (this.ending || amount > this.room || now >= this.deadline) return false
    this.served += amount
    addShare(this.#shares, asking, amount)
    return true
  }

  /** Units it should be made larger by; none while more than half is left. */
  lacking(now: number): number {
    if (this.ending || !this.demand.isRepeated) return 0
    const wanted = Math.max(LEAST_UNITS, Math.ceil(this.demand.unitsIn(AHEAD_MS, now)))
    return this.room < wanted / 2 ? wanted - this.room : 0
  }

  /** What is to be written now. The same again until `wrote` is told: what became of the first try may not be known. */
  toWrite(): Written {
    if (this.#underWay === null) {
      this.#underWay = { to: this.served, shares: [...this.#shares.values()] }
      this.#shares = new Map()
    }
    return this.#underWay
  }

  wrote({ to }: Written): void {
    this.#written = to
    this.#underWay = null
  }
}
