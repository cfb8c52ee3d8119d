import { type Asker, type Caps, inForce, type ModelCadence, type Part, sum, type World } from './world.ts'

/** Units of one origin, in one stretch of time. */
export interface Account {
  kind: 'limit' | 'overage' | 'rollover' | 'grant' | 'cap'
  priority: number
  /** Milliseconds of the epoch, as are the others. */
  startsAt: number
  endsAt: number
  openedAt: number
  voided: boolean
  granted: number
  used: number
  held: number
}

export interface Named {
  name: string
  account: Account
}

export function roomIn(one: Account | Named): number {
  const { granted, used, held } = 'account' in one ? one.account : one
  return granted - used - held
}

/** The plan's account of an instant, which has been opened. */
export function accountAt(world: World, at: number): Account {
  return world.accounts[nameOf('limit', startOf(world.cadence, at))]!
}

/**
 * Opens what the plan allows in the window of an instant. What is left of the window before moves into it, up to a most; a window in
 * which nobody asked had all of its limit left, where the terms were those of today.
 */
export function openAt(world: World, at: number): void {
  const startsAt = startOf(world.cadence, at)
  if (world.accounts[nameOf('limit', startsAt)]) return
  openPlan(world, startsAt)
  const { rollover } = world.terms
  if (rollover === 0 || world.cadence === 'never') return
  const before = startOf(world.cadence, startsAt - 1)
  if (!world.accounts[nameOf('limit', before)] && world.since <= before && inForce(world).limit < Number.POSITIVE_INFINITY)
    openPlan(world, before)
  const left = world.accounts[nameOf('limit', before)]
  if (!left || left.granted === Number.POSITIVE_INFINITY) return
  const units = Math.min(rollover, roomIn(left))
  if (units === 0) return
  left.granted -= units
  world.accounts[nameOf('rollover', startsAt)] = {
    ...emptyAccount('rollover', world.cadence, startsAt),
    granted: units,
    priority: -1,
  }
}

function openPlan(world: World, startsAt: number): void {
  for (const kind of ['limit', 'overage'] as const)
    world.accounts[nameOf(kind, startsAt)] ??= { ...emptyAccount(kind, world.cadence, startsAt), granted: inForce(world)[kind] }
}

function emptyAccount(kind: Account['kind'], cadence: ModelCadence, startsAt: number): Account {
  const endsAt = endOf(cadence, startsAt)
  return { kind, priority: 0, startsAt, endsAt, openedAt: startsAt, voided: false, granted: 0, used: 0, held: 0 }
}

/** The caps of who asks, opened now in the window of an instant. */
export function capsAt(world: World, { by, at, now }: { by: Asker; at: number; now: number }, believed: Caps): Named[] {
  const holders = { owner: ['owner'], key: ['key'], 'key for owner': ['key', 'owner'] }[by] as ('owner' | 'key')[]
  const startsAt = startOf(world.cadence, at)
  return holders.flatMap((holder) => {
    const limit = capOf(believed, holder)
    if (limit === undefined) return []
    const name = `cap ${holder} ${new Date(startsAt).toISOString()}`
    world.accounts[name] ??= {
      ...emptyAccount('cap', world.cadence, startsAt),
      granted: capOf(world.caps, holder) ?? limit,
      openedAt: now,
    }
    return [{ name, account: world.accounts[name] }]
  })
}

/** The caps that bound who reported something when it was counted. */
export function capsThatCounted(
  world: World,
  { by, at, receivedAt }: { by: Asker; at: number; receivedAt: number },
  believed: Caps,
): Named[] {
  const before = new Set(Object.keys(world.accounts).filter((name) => world.accounts[name]!.openedAt <= receivedAt))
  return capsAt(structuredClone(world), { by, at, now: receivedAt }, believed).flatMap(({ name }) =>
    before.has(name) ? [{ name, account: world.accounts[name]! }] : [],
  )
}

/** One of their own goes before that of each. */
export function capOf(caps: Caps, holder: string): number | undefined {
  return caps[holder as 'owner' | 'key'] ?? caps[holder === 'key' ? 'each_key' : 'each_member']
}

/** The accounts that live at an instant, the one that is used up first in front. */
export function poolAt({ accounts }: World, at: number): Named[] {
  const live = Object.entries(accounts).map(([name, account]) => ({ name, account }))
  return live
    .filter(({ account }) => account.kind !== 'cap' && account.startsAt <= at && at < account.endsAt)
    .sort((one, other) => {
      const [a, b] = [rankOf(one), rankOf(other)]
      const differs = a.findIndex((value, index) => value !== b[index])
      return a[differs]! < b[differs]! ? -1 : 1
    })
}

function rankOf({ name, account: { kind, priority, endsAt, openedAt } }: Named): (number | string)[] {
  return [kind === 'overage' ? 1 : 0, priority, endsAt, openedAt, name]
}

/**
 * Takes units that there are, in the order of the pool.
 * @returns what was taken of which account
 */
export function take(pool: readonly Named[], units: number, column: 'used' | 'held'): Part[] {
  let rest = units
  return pool.flatMap(({ name, account }) => {
    const part = Math.min(rest, roomIn(account))
    if (part <= 0) return []
    rest -= part
    account[column] += part
    return [{ account: name, units: part }]
  })
}

/** Gives back what was used: what would be used up last comes back first, and no more than was used. */
export function giveBack(world: World, pool: readonly Named[], units: number, now: number): void {
  let rest = units
  for (const { name, account } of pool.toReversed()) {
    const part = Math.min(rest, account.used)
    rest -= part
    account.used -= part
    if (part > 0) notGrantedAgain(world, { name, account }, now)
  }
}

/** Of what has not ended, no more is granted than is allowed now or gone. */
export function notGrantedAgain(world: World, one: Named, now: number): void {
  const { account } = one
  if (account.endsAt > now)
    account.granted = Math.min(account.granted, Math.max(allowedOf(world, one), account.used + account.held))
}

function allowedOf(world: World, { name, account }: Named): number {
  if (account.kind === 'rollover') return account.granted
  if (account.kind === 'cap') return capOf(world.caps, name.split(' ')[1]!) ?? account.granted
  if (account.kind !== 'grant') return inForce(world)[account.kind]
  return account.voided ? 0 : account.granted
}

export function usedOf(pool: readonly Named[]): number {
  return sum(pool, ({ account }) => account.used)
}

export function windowNameAt({ cadence }: World, at: number): string {
  return new Date(startOf(cadence, at)).toISOString()
}

function nameOf(kind: Account['kind'], startsAt: number): string {
  return `${kind} ${new Date(startsAt).toISOString()}`
}

function startOf(cadence: ModelCadence, at: number): number {
  const digits = { day: 10, month: 7, never: 0 }[cadence]
  return Date.parse(`${new Date(at).toISOString().slice(0, digits)}${'1970-01-01'.slice(digits)}T00:00:00Z`)
}

function endOf(cadence: ModelCadence, startsAt: number): number {
  if (cadence === 'never') return Number.MAX_SAFE_INTEGER
  // forty days on is in the month after, a day and a half in the day after
  return startOf(cadence, startsAt + (cadence === 'month' ? 40 : 1.5) * 86_400_000)
}
