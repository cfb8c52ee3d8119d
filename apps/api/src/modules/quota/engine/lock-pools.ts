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
 * @returns a pool for each key, in the keys' order; null where the tenant has no such entitlement with those windows
 */
export async function lockPools(client: ClientBase, keys: readonly PoolKey[], now: Date): Promise<(LockedPool | null)[]> {
  const found = await lockOpen(client, keys)
  if (found.every((pool, index) => pool !== null && isWhole(pool, keys[index]!))) return found
  // entitlements come before balances in the order of locks, so let go of these first
  await client.query('rollback to savepoint before_locks')
  await openPools(client, keys, now)
  return lockOpen(client, keys)
}

function isWhole({ caps }: LockedPool, key: PoolKey): boolean {
  return key.caps.every(({ holder }) => caps.has(holder))
}

async function lockOpen(client: ClientBase, keys: readonly PoolKey[]): Promise<(LockedPool | null)[]> {
  const { rows } = await client.query<PoolRow & { n: number }>({
    ...lockInOrder,
    values: [
      textArray(keys.map(({ tenantId }) => tenantId)),
      textArray(keys.map(({ featureKey }) => featureKey)),
      textArray(keys.map(({ window }) => window.startText)),
      textArray(keys.map(({ at }) => new Date(at).toISOString())),
      textArray(keys.map(({ caps }) => caps.map(({ holder }) => holder).join(' '))),
    ],
  })
  const balances = new Map<string, PoolBalance>()
  const pools = keys.map(() => ({ plan: false, balances: [] as PoolBalance[], caps: new Map<string, PoolBalance>() }))
  for (const { n, ...row } of rows) {
    const name = `${row.tenantId} ${row.featureKey} ${new Date(row.windowStart).getTime()} ${row.origin}`
    const balance = balances.get(name) ?? toPoolBalance(row)
    balances.set(name, balance)
    const pool = pools[n - 1]!
    if (balance.kind === 'cap') pool.caps.set(balance.origin, balance)
    else {
      pool.balances.push(balance)
      pool.plan ||= balance.kind === 'allowance'
    }
  }
  return pools.map((pool) => (pool.plan ? { balances: inBurnOrder(pool.balances), caps: pool.caps } : null))
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

const lockInOrder = {
  name: 'lock-pools',
  text: `select w.n::int as n, ${poolColumns}
    from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[]) with ordinality
      as w(tenant_id, feature_key, window_start, at, holders, n)
    join balance b on b.tenant_id = w.tenant_id and b.feature_key = w.feature_key
      and coalesce(b.window_end, 'infinity'::timestamptz) > w.at and b.window_start <= w.at and not b.closed
      and case b.kind when 'cap' then b.window_start = w.window_start and b.origin = any (string_to_array(w.holders, ' '))
        when 'allowance' then b.window_start = w.window_start else true end
    order by b.tenant_id, b.feature_key, b.window_start, b.origin for update of b`,
}
