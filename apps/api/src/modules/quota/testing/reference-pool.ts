import type { ModelCadence, World } from './reference-model.ts'

/** Units of one origin, in one stretch of time. */
export interface Account {
  kind: 'limit' | 'overage' | 'grant'
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
export function accountAt(world: World, kind: 'limit' | 'overage', at: number): Account {
  return world.accounts[nameOf(kind, startOf(world.cadence, at))]!
}

/** Opens what the plan allows in the window of an instant. */
export function openAt({ cadence, terms, accounts }: World, at: number): void {
  const startsAt = startOf(cadence, at)
  for (const kind of ['limit', 'overage'] as const) {
    accounts[nameOf(kind, startsAt)] ??= {
      kind,
      priority: 0,
      startsAt,
      endsAt: endOf(cadence, startsAt),
      openedAt: startsAt,
      voided: false,
      granted: terms[kind],
      used: 0,
      held: 0,
    }
  }
}

/** The accounts that live at an instant, the one that is used up first in front. */
export function poolAt({ accounts }: World, at: number): Named[] {
  const live = Object.entries(accounts).map(([name, account]) => ({ name, account }))
  return live
    .filter(({ account }) => account.startsAt <= at && at < account.endsAt)
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
export function take(pool: readonly Named[], units: number, column: 'used' | 'held'): { account: string; units: number }[] {
  let rest = units
  return pool.flatMap(({ name, account }) => {
    const part = Math.min(rest, roomIn(account))
    if (part <= 0) return []
    rest -= part
    account[column] += part
    return [{ account: name, units: part }]
  })
}

function nameOf(kind: 'limit' | 'overage', startsAt: number): string {
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
