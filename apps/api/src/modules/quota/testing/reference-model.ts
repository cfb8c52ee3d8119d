import { type Account, accountAt, openAt, poolAt, roomIn, take } from './reference-pool.ts'

/** How the feature that is asked for is counted: by its amount, once a request, or in credits of another, two for each three of it begun. */
export const meters = ['sum', 'count', 'credits'] as const
export type Meter = (typeof meters)[number]

/** What a plan allows of the feature that is counted: so much in a window, and so much past it. */
export interface Terms {
  limit: number
  overage: number
}

export const cadences = ['day', 'month', 'never'] as const
export type ModelCadence = (typeof cadences)[number]

export type Act =
  | { kind: 'authorize'; node: number; amount: number; requestId: string | null }
  | { kind: 'reserve'; node: number; amount: number; seconds: number }
  | { kind: 'commit'; node: number; which: number; amount: number }
  | { kind: 'release'; node: number; which: number }
  /** Usage of so many seconds ago; null: the event does not say when. */
  | { kind: 'track'; node: number; amount: number; eventId: string; ago: number | null }
  | { kind: 'plan'; node: number; terms: Terms }
  /** Units from so many seconds from now, for so many seconds; null: for good. */
  | { kind: 'grant'; node: number; units: number; priority: number; after: number; lasts: number | null }
  | { kind: 'void'; node: number; which: number }

/** What an act was answered: what it was told, or with which code it was refused. */
export type Heard =
  | { allowed: boolean; remaining: number | null; limit: number | null; reservationId?: string | null }
  | { state: string; used: number }
  | { fate: string }
  | { grantId: string }
  | { voided: number }
  | { refusal: string }
  | 'done'

interface Hold {
  /** Units of accounts, in the order in which they are used up. */
  parts: { account: string; units: number }[]
  state: 'held' | 'committed' | 'released' | 'expired'
  /** In units of what was asked for, as is what was used. */
  asked: number
  used: number
  expiresAt: number
}

/** Everything there is to know of one tenant, as a plain value. */
export interface World {
  meter: Meter
  cadence: ModelCadence
  terms: Terms
  accounts: Record<string, Account>
  holds: Record<string, Hold>
  /** By request id. */
  answers: Record<string, { amount: number; heard: Heard }>
  /** By event id: what it said. */
  events: Record<string, string>
}

/** What there was to choose from when a round began. */
export interface Known {
  reservations: readonly string[]
  grants: readonly string[]
}

export function newWorld(meter: Meter, cadence: ModelCadence, terms: Terms): World {
  return { meter, cadence, terms, accounts: {}, holds: {}, answers: {}, events: {} }
}

export function knownIn({ holds, accounts }: World): Known {
  const grants = Object.keys(accounts).filter((name) => accounts[name]!.kind === 'grant')
  return { reservations: Object.keys(holds).sort(), grants: grants.sort() }
}

/** Lets the time of reservations be over. */
export function expire(world: World, now: number): World {
  const next = structuredClone(world)
  for (const hold of Object.values(next.holds))
    if (hold.state === 'held' && hold.expiresAt <= now) settle(next, hold, 'expired', 0, now)
  return next
}

/** The world after an act that was answered like this; null where it cannot have been. */
export function step(world: World, act: Act, heard: Heard, known: Known, now: number): World | null {
  const next = structuredClone(world)
  switch (act.kind) {
    case 'plan':
      return changePlan(next, act.terms, now)
    case 'authorize':
      return authorize(next, act, heard, now)
    case 'reserve':
      return ask(next, act.amount, heard, now, act.seconds)
    case 'commit':
      return settleBy(next, known.reservations[act.which % known.reservations.length]!, act.amount, heard, now)
    case 'release':
      return settleBy(next, known.reservations[act.which % known.reservations.length]!, 0, heard, now)
    case 'track':
      return track(next, act, heard, now)
    case 'grant':
      return grant(next, act, heard, now)
    case 'void':
      return voidGrant(next, known.grants[act.which % known.grants.length]!, heard)
  }
}

/** What is over stays as it is. */
function changePlan(world: World, terms: Terms, now: number): World {
  world.terms = terms
  for (const account of Object.values(world.accounts))
    if (account.kind !== 'grant' && account.endsAt > now)
      account.granted = Math.max(terms[account.kind], account.used + account.held)
  return world
}

function authorize(
  world: World,
  { amount, requestId }: Extract<Act, { kind: 'authorize' }>,
  heard: Heard,
  now: number,
): World | null {
  if (requestId === null) return ask(world, amount, heard, now, null)
  const before = world.answers[requestId]
  if (before) {
    const wanted: Heard = before.amount === amount ? before.heard : { refusal: 'quota.request_conflict' }
    return isSame(heard, wanted) ? world : null
  }
  const asked = ask(world, amount, heard, now, null)
  if (asked) asked.answers[requestId] = { amount, heard }
  return asked
}

/** @param seconds for which units are held; null: they are used */
function ask(world: World, amount: number, heard: Heard, now: number, seconds: number | null): World | null {
  if (heard === 'done' || !('allowed' in heard)) return null
  openAt(world, now)
  const units = unitsFor(world, amount)
  const pool = poolAt(world, now)
  const upToLimit = pool.filter(({ account }) => account.kind !== 'overage')
  const limit = sum(upToLimit, ({ account }) => account.granted)
  const limitOfUsable = sum(upToLimit, ({ account: { kind, granted, used } }) =>
    kind === 'grant' && used >= granted ? 0 : granted,
  )
  const allowed = units <= sum(pool, roomIn)
  const parts = allowed ? take(pool, units, seconds === null ? 'used' : 'held') : []
  if (heard.allowed !== allowed || heard.remaining !== sum(upToLimit, roomIn)) return null
  // a window that opens when a grant is used up does not count that grant to its limit
  if (heard.limit !== limit && heard.limit !== limitOfUsable) return null
  if (allowed && seconds !== null)
    world.holds[heard.reservationId!] = { parts, state: 'held', asked: amount, used: 0, expiresAt: now + seconds * 1_000 }
  return world
}

function settleBy(world: World, id: string, used: number, heard: Heard, now: number): World | null {
  const hold = world.holds[id]
  if (!hold) return null
  if (hold.state === 'held' && used <= hold.asked) {
    settle(world, hold, used > 0 ? 'committed' : 'released', used, now)
    return isSame(heard, { state: hold.state, used }) ? world : null
  }
  const repeats = used > 0 ? hold.state === 'committed' && hold.used === used : hold.state !== 'committed' && hold.state !== 'held'
  if (repeats) return isSame(heard, { state: hold.state, used: hold.used }) ? world : null
  const refusals = { held: 'reservation.amount_above', expired: 'reservation.expired' } as Record<Hold['state'], string>
  return isSame(heard, { refusal: refusals[hold.state] ?? 'reservation.settled' }) ? world : null
}

/**
 * What was held is used or comes back. What comes back of a limit that fell, or of a grant that was taken back, is not granted again
 * in what has not ended.
 */
function settle(world: World, hold: Hold, state: Hold['state'], used: number, now: number): void {
  let rest = used === 0 ? 0 : unitsFor(world, used)
  const isReturned = rest < unitsOf(hold)
  hold.state = state
  hold.used = used
  for (const { account: name, units } of hold.parts) {
    const account = world.accounts[name]!
    const part = Math.min(rest, units)
    rest -= part
    account.held -= units
    account.used += part
    if (isReturned && account.endsAt > now)
      account.granted = Math.min(account.granted, Math.max(allowedOf(world, account), account.used + account.held))
  }
}

function allowedOf({ terms }: World, account: Account): number {
  if (account.kind !== 'grant') return terms[account.kind]
  return account.voided ? 0 : account.granted
}

/** Use that happened is counted even past what there is: what does not fit is granted by the plan's account of its time. */
function track(world: World, { amount, eventId, ago }: Extract<Act, { kind: 'track' }>, heard: Heard, now: number): World | null {
  const at = now - (ago ?? 0) * 1_000
  const said = `${amount} ${ago === null ? 'now' : at}`
  const before = world.events[eventId]
  if (before !== undefined)
    return isSame(heard, { fate: before === said ? 'duplicate' : 'quota.event_conflict' }) ? afterOpening(world, at) : null
  if (!isSame(heard, { fate: 'counted' })) return null
  world.events[eventId] = said
  openAt(world, at)
  const units = unitsFor(world, amount)
  const pool = poolAt(world, at)
  const fits = sum(take(pool, Math.min(units, sum(pool, roomIn)), 'used'), ({ units }) => units)
  const plan = accountAt(world, 'limit', at)
  plan.used += units - fits
  plan.granted += units - fits
  return world
}

function afterOpening(world: World, at: number): World {
  openAt(world, at)
  return world
}

function grant(world: World, act: Extract<Act, { kind: 'grant' }>, heard: Heard, now: number): World | null {
  if (heard === 'done' || !('grantId' in heard)) return null
  const { units, priority, after, lasts } = act
  const startsAt = now + after * 1_000
  world.accounts[heard.grantId] = {
    kind: 'grant',
    priority,
    startsAt,
    endsAt: lasts === null ? Number.MAX_SAFE_INTEGER : startsAt + lasts * 1_000,
    openedAt: now,
    voided: false,
    granted: units,
    used: 0,
    held: 0,
  }
  return world
}

/** What is left goes; what is held goes when it comes back. */
function voidGrant(world: World, id: string, heard: Heard): World | null {
  const account = world.accounts[id]!
  account.granted -= account.voided ? 0 : roomIn(account)
  account.voided = true
  return isSame(heard, { voided: account.used }) ? world : null
}

/** What an amount takes of the accounts. */
function unitsFor({ meter }: World, amount: number): number {
  if (meter === 'count') return 1
  return meter === 'sum' ? amount : Math.ceil((amount * 2) / 3)
}

function unitsOf({ parts }: Hold): number {
  return sum(parts, ({ units }) => units)
}

function sum<One>(all: readonly One[], of: (one: One) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}

function isSame(one: Heard, other: Heard): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(heard: Heard): unknown {
  return heard === 'done' ? heard : Object.entries(heard).sort(([a], [b]) => (a < b ? -1 : 1))
}
