/** What a plan allows of the one feature of the model: so much in a day, and so much past it. */
export interface Terms {
  limit: number
  overage: number
}

export type Act =
  | { kind: 'authorize'; node: number; amount: number; requestId: string | null }
  | { kind: 'reserve'; node: number; amount: number; seconds: number }
  | { kind: 'commit'; node: number; which: number; amount: number }
  | { kind: 'release'; node: number; which: number }
  | { kind: 'plan'; node: number; terms: Terms }

/** What an act was answered: what it was told, or with which code it was refused. */
export type Heard =
  | { allowed: boolean; remaining: number | null; limit: number | null; reservationId?: string | null }
  | { state: string; used: number }
  | { refusal: string }
  | 'done'

export interface Account {
  granted: number
  used: number
  held: number
}

interface Hold {
  window: string
  parts: { plan: number; overage: number }
  state: 'held' | 'committed' | 'released' | 'expired'
  used: number
  expiresAt: number
}

/** Everything there is to know of one tenant, as a plain value. */
export interface World {
  terms: Terms
  windows: Record<string, { plan: Account; overage: Account }>
  holds: Record<string, Hold>
  /** By request id. */
  answers: Record<string, { amount: number; heard: Heard }>
}

const sources = ['plan', 'overage'] as const
type Source = (typeof sources)[number]

export function newWorld(terms: Terms): World {
  return { terms, windows: {}, holds: {}, answers: {} }
}

/** The UTC day of an instant. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

/** Lets the time of reservations be over. */
export function expire(world: World, now: number): World {
  const next = structuredClone(world)
  for (const hold of Object.values(next.holds))
    if (hold.state === 'held' && hold.expiresAt <= now) settle(next, hold, 'expired', { plan: 0, overage: 0 }, now)
  return next
}

/** The world after an act that was answered like this; null where it cannot have been. */
export function step(world: World, act: Act, heard: Heard, ids: readonly string[], now: number): World | null {
  const next = structuredClone(world)
  switch (act.kind) {
    case 'plan':
      return changePlan(next, act.terms, now)
    case 'authorize':
      return authorize(next, act, heard, now)
    case 'reserve':
      return take(next, act.amount, heard, now, act.seconds)
    case 'commit':
      return settleBy(next, ids[act.which % ids.length]!, act.amount, heard, now)
    case 'release':
      return settleBy(next, ids[act.which % ids.length]!, 0, heard, now)
  }
}

/** What is over stays as it is. */
function changePlan(world: World, terms: Terms, now: number): World {
  world.terms = terms
  for (const [day, window] of Object.entries(world.windows))
    for (const source of day < dayOf(now) ? [] : sources)
      window[source].granted = Math.max(termOf(terms, source), window[source].used + window[source].held)
  return world
}

function termOf({ limit, overage }: Terms, source: Source): number {
  return source === 'plan' ? limit : overage
}

function authorize(
  world: World,
  { amount, requestId }: Extract<Act, { kind: 'authorize' }>,
  heard: Heard,
  now: number,
): World | null {
  if (requestId === null) return take(world, amount, heard, now, null)
  const before = world.answers[requestId]
  if (before) {
    const wanted: Heard = before.amount === amount ? before.heard : { refusal: 'quota.request_conflict' }
    return isSame(heard, wanted) ? world : null
  }
  const taken = take(world, amount, heard, now, null)
  if (taken) taken.answers[requestId] = { amount, heard }
  return taken
}

/** @param seconds for which units are held; null: they are used */
function take(world: World, amount: number, heard: Heard, now: number, seconds: number | null): World | null {
  if (heard === 'done' || !('allowed' in heard)) return null
  const day = dayOf(now)
  world.windows[day] ??= {
    plan: { granted: world.terms.limit, used: 0, held: 0 },
    overage: { granted: world.terms.overage, used: 0, held: 0 },
  }
  const { plan, overage } = world.windows[day]
  const allowed = amount <= roomIn(plan) + roomIn(overage)
  const parts = { plan: Math.min(amount, roomIn(plan)), overage: Math.max(0, amount - roomIn(plan)) }
  if (allowed) {
    const column = seconds === null ? 'used' : 'held'
    plan[column] += parts.plan
    overage[column] += parts.overage
  }
  if (heard.allowed !== allowed || heard.remaining !== roomIn(plan) || heard.limit !== plan.granted) return null
  if (allowed && seconds !== null)
    world.holds[heard.reservationId!] = { window: day, parts, state: 'held', used: 0, expiresAt: now + seconds * 1_000 }
  return world
}

function roomIn({ granted, used, held }: Account): number {
  return granted - used - held
}

function settleBy(world: World, id: string, used: number, heard: Heard, now: number): World | null {
  const hold = world.holds[id]
  if (!hold) return null
  const asked = hold.parts.plan + hold.parts.overage
  if (hold.state === 'held' && used <= asked) {
    const plan = Math.min(used, hold.parts.plan)
    settle(world, hold, used > 0 ? 'committed' : 'released', { plan, overage: used - plan }, now)
    hold.used = used
    return isSame(heard, { state: hold.state, used }) ? world : null
  }
  const repeats = used > 0 ? hold.state === 'committed' && hold.used === used : hold.state !== 'committed' && hold.state !== 'held'
  const wanted: Heard = repeats
    ? { state: hold.state, used: hold.used }
    : {
        refusal:
          hold.state === 'held'
            ? 'reservation.amount_above'
            : hold.state === 'expired'
              ? 'reservation.expired'
              : 'reservation.settled',
      }
  return isSame(heard, wanted) ? world : null
}

/** What was held is used or comes back; what comes back of a limit that fell is not granted again. */
function settle(world: World, hold: Hold, state: Hold['state'], used: Hold['parts'], now: number): void {
  hold.state = state
  for (const source of sources) {
    const account = world.windows[hold.window]![source]
    if (hold.parts[source] === 0) continue
    account.held -= hold.parts[source]
    account.used += used[source]
    const returned = hold.parts.plan + hold.parts.overage > used.plan + used.overage
    if (returned && hold.window >= dayOf(now))
      account.granted = Math.min(account.granted, Math.max(termOf(world.terms, source), account.used + account.held))
  }
}

function isSame(one: Heard, other: Heard): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(heard: Heard): unknown {
  return heard === 'done' ? heard : Object.entries(heard).sort(([a], [b]) => (a < b ? -1 : 1))
}
