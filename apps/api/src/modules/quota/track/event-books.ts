import { type Capped, capsOf } from '../engine/cap-of.ts'
import type { LockedPool } from '../engine/lock-pools.ts'
import { measured } from '../engine/measured.ts'
import { MOST_UNITS } from '../engine/most-units.ts'
import { consumedOf, type PoolBalance, portionsBack, portionsOf, roomIn } from '../engine/pool.ts'
import { type ResourceKey, resourceName } from '../engine/seen-resources.ts'
import { type Entry, type HourlyUse, hourOf } from '../engine/write-consumption.ts'
import type { Reporter } from './insert-events.ts'
import type { CountableEvent } from './judged-event.ts'

/** How much less or more an event should have been counted for. */
interface Correction {
  /** Of the balance. */
  units: number
  /** Of the feature that was reported. */
  asked: number
  featureKey: string
  balanceFeatureKey: string
  rate: { units: number; per: number } | null
  at: number
  /** Whom a key reported it for. */
  memberId: string | null
}

/** What a batch of events does to the balances that are locked for it. */
export class EventBooks {
  readonly changed = new Set<PoolBalance>()
  readonly entries: Entry[] = []
  readonly hours: HourlyUse[] = []
  readonly newResources: ResourceKey[] = []
  #reporter: Reporter
  #seen: Set<string>
  #corrects: string | null

  /**
   * @param seen names of the resources that were counted before
   * @param corrects the event whose use is corrected; null: events are counted
   */
  constructor(reporter: Reporter, seen: Set<string>, corrects: string | null = null) {
    this.#reporter = reporter
    this.#seen = seen
    this.#corrects = corrects
  }

  /** Whether a balance has less used of it than before. */
  get hasReturned(): boolean {
    return this.entries.some(({ units }) => units < 0)
  }

  /** Whether the balances can hold the event, however little is granted. */
  canCount(event: CountableEvent, { balances }: LockedPool): boolean {
    const units = measured(event.measure, { amount: event.amount, current: consumedOf(balances), seen: false })
    const plan = planOf(balances)
    return units <= MOST_UNITS - plan.consumed - plan.held
  }

  /** Counts an event. What does not fit is granted to the plan's allowance, so that it can be counted. */
  count(event: CountableEvent, pool: LockedPool, resource: ResourceKey | undefined): void {
    const { amount, measure, at, featureKey, entitlement } = event
    const { callerId } = this.#reporter
    const units = measured(measure, { amount, current: consumedOf(pool.balances), seen: this.#isSeen(resource) })
    const caps = capsOfEvent(event, callerId).flatMap(({ holder }) => pool.caps.get(holder) ?? [])
    this.#change(pool.balances, caps, units, measure.rate ? featureKey : null)
    const hour = this.#hourOf(at, event.memberId)
    this.#note({ ...hour, featureKey: entitlement.featureKey, units })
    if (measure.rate) this.#note({ ...hour, featureKey, units: amount })
  }

  /** Takes back what an event was counted for too much, or counts what it was counted for too little. */
  correct(pool: LockedPool, { units, asked, featureKey, balanceFeatureKey, rate, at, memberId }: Correction): void {
    const changed = Math.max(units, -consumedOf(pool.balances))
    this.#change(pool.balances, pool.caps.values(), changed, rate ? featureKey : null)
    const hour = this.#hourOf(at, memberId)
    this.#note({ ...hour, featureKey: balanceFeatureKey, units: changed })
    if (rate) this.#note({ ...hour, featureKey, units: asked })
  }

  #hourOf(at: number, memberId: string | null): Omit<HourlyUse, 'featureKey' | 'units'> {
    const { callerId, tenant } = this.#reporter
    return { tenantId: tenant.tenantId, callerId, memberId: memberId === callerId ? null : memberId, hour: hourOf(at) }
  }

  #isSeen(resource: ResourceKey | undefined): boolean {
    if (!resource) return false
    const name = resourceName(resource)
    if (this.#seen.has(name)) return true
    this.#seen.add(name)
    this.newResources.push(resource)
    return false
  }

  #change(balances: readonly PoolBalance[], caps: Iterable<PoolBalance>, units: number, askedFeatureKey: string | null): void {
    const portions = units >= 0 ? portionsOf(balances, units) : portionsBack(balances, -units)
    for (const { balance, units: part } of portions) this.#consume(balance, part, askedFeatureKey)
    const rest = units - portions.reduce((sum, portion) => sum + portion.units, 0)
    if (rest > 0) this.#consumePast(planOf(balances), rest, askedFeatureKey)
    for (const cap of caps) {
      const part = Math.max(units, -cap.consumed)
      if (part > roomIn(cap)) this.#consumePast(cap, part, askedFeatureKey)
      else this.#consume(cap, part, askedFeatureKey)
    }
  }

  #consume(balance: PoolBalance, units: number, askedFeatureKey: string | null): void {
    if (units === 0) return
    balance.consumed += units
    this.changed.add(balance)
    const kind = this.#corrects === null ? 'consume' : 'correct'
    const { callerId } = this.#reporter
    // events of one batch are mostly of one balance: they are one entry
    const last = this.entries.at(-1)
    if (last?.balance === balance && last.kind === kind && last.askedFeatureKey === askedFeatureKey) {
      last.units += units
      last.requests++
    } else this.entries.push({ balance, kind, callerId, units, requests: 1, askedFeatureKey, reverses: this.#corrects })
  }

  #note(use: HourlyUse): void {
    const last = this.hours.at(-1)
    if (last?.hour === use.hour && last.featureKey === use.featureKey && last.memberId === use.memberId) last.units += use.units
    else this.hours.push(use)
  }

  /** Raises what is granted to what is used, and writes down by how much. */
  #consumePast(balance: PoolBalance, units: number, askedFeatureKey: string | null): void {
    this.#consume(balance, units, askedFeatureKey)
    if (balance.granted === null) return
    const missing = balance.consumed + balance.held - balance.granted
    if (missing <= 0) return
    balance.granted += missing
    this.entries.push({ balance, kind: 'overage', callerId: null, units: missing, requests: 1 })
  }
}

/** The parts that an event is counted to: that of who reports it, and of the member a key reports it for. */
export function capsOfEvent(
  { entitlement, memberId }: Pick<CountableEvent, 'entitlement' | 'memberId'>,
  callerId: string,
): Capped[] {
  return capsOf({ entitlement, callerId, ...(memberId === null ? {} : { memberId }) })
}

function planOf(balances: readonly PoolBalance[]): PoolBalance {
  return balances.find(({ kind }) => kind === 'allowance')!
}
