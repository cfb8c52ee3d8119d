import type { Account } from './pool.ts'

/**
 * How the feature that is asked for is counted: by its amount, once a request, in credits of another (two for each three of it begun),
 * by different resources, by the largest amount, by the last one, by what is held of it now, or by its amount while nodes take units ahead.
 */
export const meters = ['sum', 'count', 'credits', 'unique', 'max', 'latest', 'gauge', 'leased'] as const
export type Meter = (typeof meters)[number]

/** A limit on how fast units are asked for. Each has its own stretch of time, in seconds. */
export const stretches = { minute: 60, day: 86_400 } as const
export interface Rate {
  name: keyof typeof stretches
  units: number
}

/** What a plan allows of the feature that is counted; infinite where it does not say. */
export interface Terms {
  /** In a window. */
  limit: number
  /** Past the limit. */
  overage: number
  /** What one unit past it costs. */
  price: number
  /** The most that is carried into the next window. */
  rollover: number
  rates: Rate[]
}

export const cadences = ['day', 'month', 'never'] as const
export type ModelCadence = (typeof cadences)[number]

/** Who asks: the owner, a key, or a key for the owner. */
export const askers = ['owner', 'key', 'key for owner'] as const
export type Asker = (typeof askers)[number]
/** Whom a cap is on. */
export const capped = ['owner', 'key', 'each_member', 'each_key'] as const
export type Caps = Partial<Record<(typeof capped)[number], number>>

export type Act = { node: number } & (
  | { kind: 'authorize'; by: Asker; amount: number; resource: string; requestId: string | null }
  /** So many requests, one after the other. */
  | { kind: 'burst'; by: Asker; amount: number; times: number }
  | { kind: 'reserve'; by: Asker; amount: number; seconds: number }
  | { kind: 'commit'; which: number; amount: number }
  | { kind: 'release'; which: number }
  /** Usage of so many seconds ago; null: the event does not say when. */
  | { kind: 'track'; by: Asker; amount: number; resource: string; eventId: string; ago: number | null }
  | { kind: 'correct'; eventId: string; amount: number }
  | { kind: 'acquire'; by: Asker; holder: string; amount: number; seconds: number | null }
  | { kind: 'let go'; holder: string }
  | { kind: 'plan'; terms: Terms }
  /** Another limit than the plan's for so many seconds; null: for good. */
  | { kind: 'override'; limit: number; lasts: number | null }
  | { kind: 'end override' }
  /** The most that is paid for use past the limit; null: no such cap. */
  | { kind: 'spend'; most: number | null }
  | { kind: 'cap'; holder: (typeof capped)[number]; limit: number | null }
  /** Units from so many seconds from now, for so many seconds; null: for good. */
  | { kind: 'grant'; units: number; priority: number; after: number; lasts: number | null }
  | { kind: 'void'; which: number }
)
export type ActOf<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>

export interface Decided {
  allowed: boolean
  code: string
  remaining: number | null
  limit: number | null
}

/** What an act was answered: what it was told, or with which code it was refused. */
export type Heard =
  | Decided
  | (Decided & { reservationId: string | null })
  | (Decided & { held: number })
  | { state: string; used: number }
  | { released: number }
  | { fate: string }
  | { before: number }
  | { grantId: string }
  | { voided: number }
  | { refusal: string }
  | { all: Heard[] }
  | 'done'

/** Units of an account. */
export interface Part {
  account: string
  units: number
}

export interface Hold {
  /** In the order in which they are used up. */
  parts: Part[]
  /** The same units once more, of the caps of who asked. */
  capped: Part[]
  state: 'held' | 'committed' | 'released' | 'expired'
  /** In units of what was asked for, as is what was used. */
  asked: number
  used: number
  expiresAt: number
}

interface ReportedEvent {
  said: string
  /** What it is counted for now. */
  amount: number
  at: number
  receivedAt: number
  by: Asker
}

/** What one holder holds of a gauge. */
interface GaugeHold {
  units: number
  by: Asker
  expiresAt: number
}

/** Everything there is to know of one tenant, as a plain value. */
export interface World {
  meter: Meter
  cadence: ModelCadence
  terms: Terms
  /** Since when the terms are as they are. */
  since: number
  override: { limit: number; endsAt: number } | null
  spend: number | null
  caps: Caps
  /** What a node may still believe of who asks: as it was at any time since it last heard. */
  believed: { rates: Rate[]; caps: Caps }[]
  accounts: Record<string, Account>
  holds: Record<string, Hold>
  /** By request id. */
  answers: Record<string, { said: string; heard: Heard }>
  /** By event id. */
  events: Record<string, ReportedEvent>
  /** What was asked for in the present stretch of each rate. */
  asked: Record<string, { startsAt: number; units: number }>
  /** Resources, by the window in which they were counted. */
  seen: Record<string, true>
  /** By holder. */
  gauge: Record<string, GaugeHold>
}

/** What there was to choose from when a round began. */
export interface Known {
  reservations: readonly string[]
  grants: readonly string[]
}

export function newWorld(meter: Meter, cadence: ModelCadence, terms: Terms, now: number): World {
  const nothing = {
    override: null,
    spend: null,
    caps: {},
    accounts: {},
    holds: {},
    answers: {},
    events: {},
    asked: {},
    seen: {},
    gauge: {},
  }
  return { meter, cadence, terms, since: now, believed: [{ rates: terms.rates, caps: {} }], ...nothing }
}

export function knownIn({ holds, accounts }: World): Known {
  const grants = Object.keys(accounts).filter((name) => accounts[name]!.kind === 'grant')
  return { reservations: Object.keys(holds).sort(), grants: grants.sort() }
}

/** Whether there is something to do it to. */
export function isPossible({ kind }: Act, { reservations, grants }: Known): boolean {
  if (kind === 'commit' || kind === 'release') return reservations.length > 0
  return kind !== 'void' || grants.length > 0
}

/** What holds now: the plan's terms, or what was said in their place. */
export function inForce({ terms, override, spend }: World): { limit: number; overage: number } {
  const affordable = spend === null || terms.price === 0 ? Number.POSITIVE_INFINITY : Math.floor(spend / terms.price)
  return { limit: override?.limit ?? terms.limit, overage: Math.min(terms.overage, affordable) }
}

/** What an amount takes of the accounts. @param used in the window so far @param isSeen whether the resource was counted in it */
export function unitsFor({ meter }: World, amount: number, { used = 0, isSeen = false } = {}): number {
  switch (meter) {
    case 'count':
      return amount === 0 ? 0 : 1
    case 'unique':
      return isSeen ? 0 : 1
    case 'max':
      return Math.max(used, amount) - used
    case 'latest':
      return amount - used
    case 'credits':
      return Math.ceil((amount * 2) / 3)
    default:
      return amount
  }
}

export function sum<One>(all: readonly One[], of: (one: One) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}

export function isSame(one: Heard, other: Heard): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(heard: Heard): unknown {
  return heard === 'done' ? heard : Object.entries(heard).sort(([a], [b]) => (a < b ? -1 : 1))
}
