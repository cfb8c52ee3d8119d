import { ask, authorize, believe, countUse, isTold, reserve, track } from './asking.ts'
import { capOf, capsThatCounted, giveBack, notGrantedAgain, openAt, poolAt, roomIn, usedOf } from './pool.ts'
import { type Act, type ActOf, type Heard, type Hold, inForce, isSame, type Known, sum, unitsFor, type World } from './world.ts'

/** The worlds there may be after an act that was answered like this; none where it cannot have been. */
export function step(world: World, act: Act, heard: Heard, known: Known, now: number): World[] {
  const next = structuredClone(world)
  switch (act.kind) {
    case 'authorize':
      return authorize(next, act, heard, now)
    case 'burst':
      throw new Error('The requests of a burst come one by one.')
    case 'reserve':
      return reserve(next, act, heard, now)
    case 'commit':
      return settleBy(next, known.reservations[act.which % known.reservations.length]!, act.amount, heard, now)
    case 'release':
      return settleBy(next, known.reservations[act.which % known.reservations.length]!, 0, heard, now)
    case 'track':
      return track(next, act, heard, now)
    case 'correct':
      return correct(next, act, heard, now)
    case 'acquire':
      return acquire(next, act, heard, now)
    case 'let go':
      return letGo(next, act, heard, now)
    case 'plan':
      next.terms = act.terms
      next.believed.push({ rates: act.terms.rates, caps: next.caps })
      return [grantAnew(next, now)]
    case 'override':
      next.override = { limit: act.limit, endsAt: act.lasts === null ? Number.MAX_SAFE_INTEGER : now + act.lasts * 1_000 }
      return [grantAnew(next, now)]
    case 'end override':
      if (next.override === null) return [next]
      next.override = null
      return [grantAnew(next, now)]
    case 'spend':
      next.spend = act.most
      return [grantAnew(next, now)]
    case 'cap':
      return [capAnew(next, act, now)]
    case 'grant':
      return grant(next, act, heard, now)
    case 'void':
      return voidGrant(next, known.grants[act.which % known.grants.length]!, heard)
  }
}

/** Lets the time of reservations, of what is held and of overrides be over. Every node hears of what happened. */
export function expire(world: World, now: number): World {
  const next = structuredClone(world)
  next.believed = [{ rates: next.terms.rates, caps: next.caps }]
  for (const hold of Object.values(next.holds))
    if (hold.state === 'held' && hold.expiresAt <= now) settle(next, hold, 'expired', 0, now)
  comeBack(next, now)
  if (next.override === null || next.override.endsAt > now) return next
  next.override = null
  return grantAnew(next, now)
}

/** What is over stays as it is. */
function grantAnew(world: World, now: number): World {
  world.since = now
  for (const account of Object.values(world.accounts))
    if ((account.kind === 'limit' || account.kind === 'overage') && account.endsAt > now)
      account.granted = Math.max(inForce(world)[account.kind], account.used + account.held)
  return world
}

function capAnew(world: World, { holder, limit }: ActOf<'cap'>, now: number): World {
  const { [holder]: _, ...others } = world.caps
  world.caps = limit === null ? others : { ...others, [holder]: limit }
  world.believed.push({ rates: world.terms.rates, caps: world.caps })
  for (const [name, account] of Object.entries(world.accounts)) {
    const most = account.kind === 'cap' && account.endsAt > now ? capOf(world.caps, name.split(' ')[1]!) : undefined
    if (most !== undefined) account.granted = Math.max(most, account.used + account.held)
  }
  return world
}

function settleBy(world: World, id: string, used: number, heard: Heard, now: number): World[] {
  const hold = world.holds[id]
  if (!hold) return []
  const only = (wanted: Heard) => (isSame(heard, wanted) ? [world] : [])
  if (hold.state === 'held' && used <= hold.asked) {
    settle(world, hold, used > 0 ? 'committed' : 'released', used, now)
    return only({ state: hold.state, used })
  }
  const repeats = used > 0 ? hold.state === 'committed' && hold.used === used : hold.state !== 'committed' && hold.state !== 'held'
  if (repeats) return only({ state: hold.state, used: hold.used })
  const refusals = { held: 'reservation.amount_above', expired: 'reservation.expired' } as Record<Hold['state'], string>
  return only({ refusal: refusals[hold.state] ?? 'reservation.settled' })
}

/**
 * What was held is used or comes back. What comes back of a limit that fell, or of a grant that was taken back, is not granted again
 * in what has not ended.
 */
function settle(world: World, hold: Hold, state: Hold['state'], used: number, now: number): void {
  const wanted = used === 0 ? 0 : unitsFor(world, used)
  let rest = wanted
  const isReturned = wanted < sum(hold.parts, ({ units }) => units)
  hold.state = state
  hold.used = used
  for (const { account: name, units } of [...hold.parts, ...hold.capped]) {
    const account = world.accounts[name]!
    const part = Math.min(account.kind === 'cap' ? wanted : rest, units)
    if (account.kind !== 'cap') rest -= part
    account.held -= units
    account.used += part
    if (isReturned) notGrantedAgain(world, { name, account }, now)
  }
}

function correct(world: World, { eventId, amount }: ActOf<'correct'>, heard: Heard, now: number): World[] {
  const event = world.events[eventId]
  if (!event) return isSame(heard, { refusal: 'quota.event_not_found' }) ? [world] : []
  const { amount: before, at } = event
  if (!isSame(heard, { before })) return []
  if (amount === before) return [world]
  event.amount = amount
  return believe(world, ({ caps: believed }, next) => {
    openAt(next, at)
    const pool = poolAt(next, at)
    const units = Math.max(unitsFor(next, amount) - unitsFor(next, before), -usedOf(pool))
    countUse(next, { pool, caps: capsThatCounted(next, event, believed), units, at, now })
    return next
  })
}

/** What a holder holds is set, and its time begins anew. It counts for who acquired it first. */
function acquire(world: World, { by, holder, amount, seconds }: ActOf<'acquire'>, heard: Heard, now: number): World[] {
  if (heard === 'done' || !('held' in heard)) return []
  const before = world.gauge[holder]?.units ?? 0
  const asker = world.gauge[holder]?.by ?? (by === 'owner' ? by : 'key')
  return believe(world, ({ caps }, next) => {
    if (amount < before) lessen(next, { holder, units: before - amount }, now)
    const more = Math.max(0, amount - before)
    const { told } = ask(next, { by: asker, amount: more, resource: '' }, { caps, rates: [] }, now, 'used')
    if (!isTold(heard, told, next) || heard.held !== (told.allowed ? amount : before)) return []
    const expiresAt = seconds === null ? Number.MAX_SAFE_INTEGER : now + seconds * 1_000
    if (told.allowed) next.gauge[holder] = { units: amount, by: asker, expiresAt }
    return [next]
  }).flat()
}

function letGo(world: World, { holder }: ActOf<'let go'>, heard: Heard, now: number): World[] {
  const units = world.gauge[holder]?.units ?? 0
  if (!isSame(heard, { released: units })) return []
  if (units > 0) lessen(world, { holder, units }, now)
  return [world]
}

/** Gives back what is held of the gauge past its time. */
function comeBack(world: World, now: number): void {
  for (const [holder, { units, expiresAt }] of Object.entries(world.gauge))
    if (expiresAt <= now) lessen(world, { holder, units }, now)
}

/** A holder holds so much less. The accounts then have used no more than is held, and what they had of grants that ended is gone. */
function lessen(world: World, { holder, units }: { holder: string; units: number }, now: number): void {
  const held = world.gauge[holder]!
  held.units -= units
  if (held.units === 0) delete world.gauge[holder]
  const holds = Object.values(world.gauge)
  const pool = poolAt(world, now)
  giveBack(world, pool, Math.min(units, Math.max(0, usedOf(pool) - sum(holds, (one) => one.units))), now)
  const stays = sum(holds, ({ by, units: theirs }) => (by === held.by ? theirs : 0))
  for (const [name, account] of Object.entries(world.accounts)) {
    if (!name.startsWith(`cap ${held.by} `)) continue
    account.used -= Math.min(units, Math.max(0, account.used - stays))
    notGrantedAgain(world, { name, account }, now)
  }
}

function grant(world: World, act: ActOf<'grant'>, heard: Heard, now: number): World[] {
  if (heard === 'done' || !('grantId' in heard)) return []
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
  return [world]
}

/** What is left goes; what is held goes when it comes back. */
function voidGrant(world: World, id: string, heard: Heard): World[] {
  const account = world.accounts[id]!
  account.granted -= account.voided ? 0 : roomIn(account)
  account.voided = true
  return isSame(heard, { voided: account.used }) ? [world] : []
}
