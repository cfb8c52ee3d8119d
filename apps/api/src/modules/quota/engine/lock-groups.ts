import type { Cadence } from '@tollkeeper/shared'
import type { PoolClient } from 'pg'
import type { Group } from './batch.ts'
import type { Capped } from './cap-of.ts'
import { type LockedPool, lockPools, type PoolKey } from './lock-pools.ts'
import { windowOf } from './window-of.ts'

export interface LockedGroup {
  group: Group
  pool: LockedPool
}

const nothing = (): LockedPool => ({ balances: [], caps: new Map() })

/** Locks a pool for each group. Where the node's memory of a cadence is out of date, the group moves to the right window. */
export async function lockGroups(client: PoolClient, groups: readonly Group[], now: Date): Promise<LockedGroup[]> {
  const toKey = (group: Group) => keyOf(group, now)
  const pools = await lockPools(client, groups.map(toKey), now)
  if (pools.every((pool) => pool !== null)) return groups.map((group, index) => ({ group, pool: pools[index]! }))
  const current: Group[] = []
  for (const [index, group] of groups.entries()) current.push(pools[index] ? group : await withCurrentWindows(client, group, now))
  await client.query('rollback to savepoint before_locks')
  const again = await lockPools(client, current.map(toKey), now)
  return current.map((group, index) => ({ group, pool: again[index] ?? nothing() }))
}

/** A request belongs to the window in which it came, also when the window ends before the commit. */
function keyOf({ tenantId, featureKey, window, waiters }: Group, now: Date): PoolKey {
  const { cadence, windows } = waiters[0]!.entitlement
  const latest = window.end === null ? Number.POSITIVE_INFINITY : window.end.getTime() - 1
  const at = Math.max(window.start.getTime(), Math.min(now.getTime(), latest))
  return { tenantId, featureKey, cadence, ...(windows ? { windows } : {}), window, at, caps: capsOfAll(waiters) }
}

function capsOfAll(waiters: Group['waiters']): Capped[] {
  const caps = new Map<string, Capped>()
  for (const waiter of waiters) for (const cap of waiter.caps) caps.set(cap.holder, cap)
  return [...caps.values()]
}

async function withCurrentWindows(client: PoolClient, group: Group, now: Date): Promise<Group> {
  const { rows } = await client.query<{ cadence: Cadence; timeZone: string; anchorAt: Date | null }>(
    `select cadence, time_zone as "timeZone", anchor_at as "anchorAt" from entitlement where tenant_id = $1 and feature_key = $2`,
    [group.tenantId, group.featureKey],
  )
  if (!rows[0]) return group
  const { cadence, timeZone, anchorAt } = rows[0]
  const windows = timeZone === 'UTC' && anchorAt === null ? undefined : { timeZone, anchorAt: anchorAt?.getTime() ?? null }
  const window = windowOf(cadence, now.getTime(), windows)
  const waiters = group.waiters.map((waiter) => {
    const { windows: _, ...entitlement } = waiter.entitlement
    return { ...waiter, window, entitlement: { ...entitlement, cadence, ...(windows ? { windows } : {}) } }
  })
  return { ...group, window, waiters }
}
