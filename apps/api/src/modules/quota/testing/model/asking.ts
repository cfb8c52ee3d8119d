import {
  accountAt,
  capsAt,
  giveBack,
  type Named,
  notGrantedAgain,
  openAt,
  poolAt,
  roomIn,
  take,
  usedOf,
  windowNameAt,
} from './pool.ts'
import { type ActOf, type Decided, type Heard, isSame, type Rate, stretches, sum, unitsFor, type World } from './world.ts'

/** What is asked for, by whom. */
type Asked = Pick<ActOf<'authorize'>, 'by' | 'amount' | 'resource'>

export function authorize(world: World, act: ActOf<'authorize'>, heard: Heard, now: number): World[] {
  const { requestId, by, amount, resource } = act
  const said = `${amount} of ${resource}, ${by === 'key for owner' ? by : 'for itself'}`
  const before = requestId === null ? undefined : world.answers[requestId]
  if (before) {
    const wanted: Heard = before.said === said ? before.heard : { refusal: 'quota.request_conflict' }
    return isSame(heard, wanted)
      ? believe(world, (believed, next) => afterOpening(next, now, () => capsAt(next, { by, at: now, now }, believed.caps)))
      : []
  }
  const asked = believe(world, (believed, next) => ask(next, act, believed, now, 'used')).filter(({ told }) =>
    isTold(heard, told, world),
  )
  const refused = refusedForOthers(world, heard, now)
  return [...asked.map((one) => one.world), ...refused].map((next) => {
    if (requestId !== null) next.answers[requestId] = { said, heard }
    return next
  })
}

function afterOpening(world: World, at: number, open: () => unknown): World {
  openAt(world, at)
  open()
  return world
}

export function reserve(world: World, act: ActOf<'reserve'>, heard: Heard, now: number): World[] {
  const asked = believe(world, (believed, next) => ask(next, { ...act, resource: '' }, believed, now, 'held'))
  const held = asked.flatMap(({ world: next, told, parts, capped }) => {
    if (!isTold(heard, told, world)) return []
    const { reservationId } = heard as { reservationId: string }
    if (told.allowed)
      next.holds[reservationId] = { parts, capped, state: 'held', asked: act.amount, used: 0, expiresAt: now + act.seconds * 1_000 }
    return [next]
  })
  return [...held, ...refusedForOthers(world, heard, now)]
}

/** While nodes have units ahead, another may be refused what they hold. */
function refusedForOthers(world: World, heard: Heard, now: number): World[] {
  if (world.meter !== 'leased' || heard === 'done' || !('allowed' in heard) || heard.allowed) return []
  return [afterOpening(structuredClone(world), now, () => undefined)]
}

/** Does it once for each thing that a node may believe. */
export function believe<Result>(world: World, act: (believed: World['believed'][number], next: World) => Result): Result[] {
  return world.believed.map((believed) => act(believed, structuredClone(world)))
}

/**
 * A limit that was told is told as null where there is none. While nodes have units ahead, what is left is told by each as it knows
 * it; but what is allowed was there.
 */
export function isTold(heard: Heard, { allowed, code, remaining, limit, limits = [limit] }: Told, { meter }: World): boolean {
  if (heard === 'done' || !('allowed' in heard)) return false
  if (meter === 'leased') return heard.allowed && allowed
  const said = (units: number) => (units === Number.POSITIVE_INFINITY ? null : units)
  const isSaid = heard.remaining === said(remaining) && limits.map(said).includes(heard.limit)
  return heard.allowed === allowed && heard.code === code && isSaid
}

interface Told extends Decided {
  remaining: number
  limit: number
  /** Where it may be told in several ways. */
  limits?: number[]
}

interface Asking {
  world: World
  told: Told
  parts: { account: string; units: number }[]
  capped: { account: string; units: number }[]
}

/** First whether it comes too fast, then whether there is enough, then whether the part of who asks suffices. */
export function ask(
  world: World,
  { by, amount, resource }: Asked,
  believed: World['believed'][number],
  now: number,
  column: 'used' | 'held',
): Asking {
  openAt(world, now)
  const caps = capsAt(world, { by, at: now, now }, believed.caps)
  const refused = (told: Omit<Told, 'allowed'>): Asking => ({ world, told: { allowed: false, ...told }, parts: [], capped: [] })
  const rates = believed.rates.map((rate) => stretchOf(world, rate, now))
  // told is the one that refuses for longest
  const tooFast = rates.filter(({ asked, units }) => asked.units + amount > units)
  const fast = tooFast.find(({ units }) => amount > units) ?? tooFast.toSorted((one, other) => other.endsAt - one.endsAt)[0]
  if (fast) return refused({ code: 'rate.limit_reached', remaining: Math.max(0, fast.units - fast.asked.units), limit: fast.units })
  const pool = poolAt(world, now)
  const name = `${windowNameAt(world, now)} ${resource}`
  const units = unitsFor(world, amount, { used: usedOf(pool), isSeen: world.seen[name] === true })
  const before = limitOf(pool)
  if (units > sum(pool, roomIn)) return refused({ code: 'quota.limit_reached', ...before })
  const short = caps.find((cap) => units > roomIn(cap))
  if (short) return refused({ code: 'quota.cap_reached', remaining: Math.max(0, roomIn(short)), limit: short.account.granted })
  const parts = take(pool, Math.max(0, units), column)
  if (units < 0) giveBack(world, pool, -units, now)
  for (const { account } of caps) account[column] += Math.max(units, -account.used)
  if (units < 0) for (const cap of caps) notGrantedAgain(world, cap, now)
  for (const { asked } of rates) asked.units += amount
  if (world.meter === 'unique') world.seen[name] = true
  const told = units < 0 ? limitOf(pool) : { ...before, remaining: limitOf(pool).remaining }
  const capped = caps.map(({ name: account }) => ({ account, units }))
  return { world, told: { allowed: true, code: 'allowed', ...told }, parts, capped }
}

function stretchOf({ asked }: World, { name, units }: Rate, now: number) {
  const milliseconds = stretches[name] * 1_000
  const startsAt = now - (now % milliseconds)
  if ((asked[name]?.startsAt ?? -1) < startsAt) asked[name] = { startsAt, units: 0 }
  return { units, asked: asked[name]!, endsAt: startsAt + milliseconds }
}

/** A window that opens when a grant is used up does not count that grant to its limit. */
function limitOf(pool: readonly Named[]): { limit: number; remaining: number; limits: number[] } {
  const upToLimit = pool.filter(({ account }) => account.kind !== 'overage')
  const limit = sum(upToLimit, ({ account }) => account.granted)
  const ofUsable = sum(upToLimit, ({ account: { kind, granted, used } }) => (kind === 'grant' && used >= granted ? 0 : granted))
  return { limit, remaining: sum(upToLimit, roomIn), limits: [limit, ofUsable] }
}

/** Use that happened is counted even past what there is: what does not fit is granted by the plan's account of its time. */
export function track(world: World, act: ActOf<'track'>, heard: Heard, now: number): World[] {
  return believe(world, ({ caps }, next) => trackWith(next, act, heard, now, caps)).flat()
}

function trackWith(
  world: World,
  { by, amount, resource, eventId, ago }: ActOf<'track'>,
  heard: Heard,
  now: number,
  believed: World['caps'],
): World[] {
  const at = now - (ago ?? 0) * 1_000
  const said = `${amount} ${ago === null ? 'now' : at} ${world.meter === 'unique' ? resource : ''} ${by === 'key for owner' ? 'owner' : ''}`
  const before = world.events[eventId]
  openAt(world, at)
  const caps = capsAt(world, { by, at, now }, believed)
  if (before !== undefined)
    return isSame(heard, { fate: before.said === said ? 'duplicate' : 'quota.event_conflict' }) ? [world] : []
  if (!isSame(heard, { fate: 'counted' })) return []
  world.events[eventId] = { said, amount, at, receivedAt: now, by }
  const pool = poolAt(world, at)
  const name = `${windowNameAt(world, at)} ${resource}`
  const units = unitsFor(world, amount, { used: usedOf(pool), isSeen: world.seen[name] === true })
  if (world.meter === 'unique') world.seen[name] = true
  countUse(world, { pool, caps, units, at, now })
  return [world]
}

/** Counts more, or less, at an instant. */
export function countUse(
  world: World,
  { pool, caps, units, at, now }: { pool: Named[]; caps: Named[]; units: number; at: number; now: number },
): void {
  if (units < 0) giveBack(world, pool, -units, now)
  else {
    const fits = sum(take(pool, Math.min(units, sum(pool, roomIn)), 'used'), (part) => part.units)
    const plan = accountAt(world, at)
    plan.used += units - fits
    plan.granted += units - fits
  }
  for (const cap of caps) {
    cap.account.used += Math.max(units, -cap.account.used)
    cap.account.granted = Math.max(cap.account.granted, cap.account.used + cap.account.held)
    if (units < 0) notGrantedAgain(world, cap, now)
  }
}
