import type { Cadence } from '@tollkeeper/shared'
import type { ClientBase } from 'pg'
import { textArray } from './array-literal.ts'
import type { Capped } from './cap-of.ts'
import { openPools } from './open-pools.ts'
import { inBurnOrder, type PoolBalance } from './pool.ts'
import type { QuotaWindow, WindowRule } from './window-of.ts'

/** Names what a tenant can use of a feature at an instant: the balances that are live then. */
export interface PoolKey {
  tenantId: string
  featureKey: string
  cadence: Cadence
  windows?: WindowRule
  /** Of the plan's allowance, for that cadence. */
  window: QuotaWindow
  /** Milliseconds of the epoch, in the window. */
  at: number
  /** Absent: that instant. Otherwise what is live at any instant from it to this one, in the window as well. */
  until?: number
  /** Members and keys whose part is looked at as well. */
  caps: readonly Capped[]
}

/** What can be used, locked until the end of the transaction. */
export interface LockedPool {
  /** In the order in which they are used up. */
  balances: PoolBalance[]
  /** By holder. */
  caps: Map<string, PoolBalance>
}

/**
 * Locks the balances of pools in key order until the end of the transaction, opening those of the plan that are not there yet with what
 * the entitlement grants. The entitlement row in the database is the truth of that, whatever a node remembers. A balance that two
 * pools share is one object in both.
 *
 * A statement that waited for a balance sees what was written to it meanwhile, but no balance that was opened meanwhile. Whoever opens
 * one beside the plan's writes the plan's as well: where that is newer than what the statement saw, the live ones are counted again.
 * @returns a pool for each key, in the keys' order; null where the tenant has no such entitlement with those windows
 */
export async function lockPools(client: ClientBase, keys: readonly PoolKey[], now: Date): Promise<(LockedPool | null)[]> {
  for (;;) {
    const { pools, newer } = await lockOrOpen(client, keys, now)
    if (newer.length === 0 || (await isComplete(client, newer))) return pools
    await client.query('rollback to savepoint before_locks')
  }
}

interface Locked {
  pools: (LockedPool | null)[]
  /** Those that were written to between what the statement saw and its locks. */
  newer: { key: PoolKey; pool: LockedPool }[]
}

async function lockOrOpen(client: ClientBase, keys: readonly PoolKey[], now: Date): Promise<Locked> {
  const found = await lockOpen(client, keys)
  if (found.pools.every((pool, index) => pool !== null && isWhole(pool, keys[index]!))) return found
  // entitlements come before balances in the order of locks, so let go of these first
  await client.query('rollback to savepoint before_locks')
  await openPools(client, keys, now)
  return lockOpen(client, keys)
}

function isWhole({ caps }: LockedPool, key: PoolKey): boolean {
  return key.caps.every(({ holder }) => caps.has(holder))
}

async function lockOpen(client: ClientBase, keys: readonly PoolKey[]): Promise<Locked> {
  const { rows } = await client.query<PoolRow & { n: number; newer: boolean }>({ ...lockInOrder, values: valuesOf(keys) })
  const balances = new Map<string, PoolBalance>()
  const pools = keys.map(() => ({
    plan: false,
    newer: false,
    balances: [] as PoolBalance[],
    caps: new Map<string, PoolBalance>(),
  }))
  for (const { n, newer, ...row } of rows) {
    const name = `${row.tenantId} ${row.featureKey} ${new Date(row.windowStart).getTime()} ${row.origin}`
    const balance = balances.get(name) ?? toPoolBalance(row)
    balances.set(name, balance)
    const pool = pools[n - 1]!
    pool.newer ||= newer
    if (balance.kind === 'cap') pool.caps.set(balance.origin, balance)
    else {
      pool.balances.push(balance)
      pool.plan ||= balance.kind === 'allowance'
    }
  }
  const locked = pools.map((pool) => (pool.plan ? { balances: inBurnOrder(pool.balances), caps: pool.caps } : null))
  return {
    pools: locked,
    newer: locked.flatMap((pool, index) => (pool && pools[index]!.newer ? [{ key: keys[index]!, pool }] : [])),
  }
}

/** Whether what is locked is all that is live now: with the plan's balances locked, nobody opens another beside them. */
async function isComplete(client: ClientBase, locked: Locked['newer']): Promise<boolean> {
  const { rows } = await client.query<{ live: number }>({ ...countLive, values: valuesOf(locked.map(({ key }) => key)) })
  return rows[0]!.live === locked.reduce((sum, { pool }) => sum + pool.balances.length + pool.caps.size, 0)
}

function valuesOf(keys: readonly PoolKey[]): string[] {
  return [
    textArray(keys.map(({ tenantId }) => tenantId)),
    textArray(keys.map(({ featureKey }) => featureKey)),
    textArray(keys.map(({ window }) => window.startText)),
    textArray(keys.map(({ at }) => new Date(at).toISOString())),
    textArray(keys.map(({ at, until = at }) => new Date(until).toISOString())),
    textArray(keys.map(({ caps }) => caps.map(({ holder }) => holder).join(' '))),
  ]
}

export interface PoolRow extends Omit<PoolBalance, 'windowStart' | 'endsAt' | 'openedAt'> {
  windowStart: Date | string
  windowEnd: Date | string | null
  openedAt: Date | string
}

/** The columns of `balance b` that make a `PoolRow`. */
export const poolColumns = `b.tenant_id as "tenantId", b.feature_key as "featureKey", b.window_start as "windowStart", b.window_end as "windowEnd",
  b.origin, b.kind, b.priority, b.opened_at as "openedAt", b.granted::float8 as granted, b.consumed::float8 as consumed, (b.reserved + b.leased)::float8 as held`

export function toPoolBalance({ windowStart, windowEnd, openedAt, ...row }: PoolRow): PoolBalance {
  return {
    ...row,
    windowStart: new Date(windowStart).toISOString(),
    endsAt: windowEnd === null ? Number.POSITIVE_INFINITY : new Date(windowEnd).getTime(),
    openedAt: new Date(openedAt).getTime(),
  }
}

const live = `from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::text[]) with ordinality
      as w(tenant_id, feature_key, window_start, at, until, holders, n)
    join balance b on b.tenant_id = any (array[w.tenant_id]) and b.feature_key = w.feature_key
      and coalesce(b.window_end, 'infinity'::timestamptz) > w.at and b.window_start <= w.until and not b.closed
      and case b.kind when 'cap' then b.window_start = w.window_start and b.origin = any (string_to_array(w.holders, ' '))
        when 'allowance' then b.window_start = w.window_start else true end`

/** The balance without a lock is what the statement saw when it began. */
const lockInOrder = {
  name: 'lock-pools',
  text: `select w.n::int as n, ${poolColumns}, b.kind = 'allowance' and b.xmin <> seen.xmin as newer
    ${live}
    join balance seen on seen.tenant_id = any (array[b.tenant_id]) and seen.feature_key = b.feature_key and seen.window_start = b.window_start
      and seen.origin = b.origin
    order by w.tenant_id, w.feature_key, b.window_start, b.origin for update of b`,
}

const countLive = { name: 'count-live', text: `select count(*)::int as live ${live}` }
