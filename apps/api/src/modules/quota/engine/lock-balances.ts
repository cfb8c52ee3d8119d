import type { Cadence } from '@tollkeeper/shared'
import type { ClientBase } from 'pg'
import { textArray } from './array-literal.ts'
import { MOST_UNITS } from './outcome.ts'
import type { QuotaWindow } from './window-of.ts'

/** Names a balance. */
export interface BalanceName {
  tenantId: string
  featureKey: string
  window: Pick<QuotaWindow, 'startText'>
}

/** The same, with the cadence its window was taken for. */
export interface BalanceKey extends BalanceName {
  cadence: Cadence
  window: QuotaWindow
}

export interface LockedBalance {
  /** Null: unlimited. */
  granted: number | null
  consumed: number
  /** Reserved and leased: taken, but not yet used. */
  held: number
}

/** Units that can still be taken. */
export function roomIn({ granted, consumed, held }: LockedBalance): number {
  return (granted ?? MOST_UNITS) - consumed - held
}

/**
 * Locks balances in key order until the end of the transaction, opening those that are not there yet with what the entitlement
 * grants. The entitlement row in the database is the truth of that, whatever a node remembers.
 * @returns a balance for each key, in the keys' order; null where the tenant has no such entitlement with that cadence
 */
export async function lockBalances(client: ClientBase, keys: readonly BalanceKey[], now: Date): Promise<(LockedBalance | null)[]> {
  const found = await lockOpenBalances(client, keys)
  if (found.size === keys.length) return keys.map((_, index) => found.get(index)!)
  // entitlements come before balances in the order of locks, so let go of these first
  await client.query('rollback to savepoint before_locks')
  const ends = textArray(keys.map(({ window }) => window.end?.toISOString() ?? null))
  const cadences = textArray(keys.map(({ cadence }) => cadence))
  await client.query({ ...openMissing, values: [...namesOf(keys), ends, cadences, now] })
  const all = await lockOpenBalances(client, keys)
  return keys.map((_, index) => all.get(index) ?? null)
}

/** Locks those of the balances that are there, in key order; by their place among the keys. */
export async function lockOpenBalances(client: ClientBase, keys: readonly BalanceName[]): Promise<Map<number, LockedBalance>> {
  const { rows } = await client.query<LockedBalance & { n: number }>({ ...lockInOrder, values: namesOf(keys) })
  return new Map(rows.map(({ n, ...balance }) => [n - 1, balance]))
}

function namesOf(keys: readonly BalanceName[]): string[] {
  return [
    textArray(keys.map(({ tenantId }) => tenantId)),
    textArray(keys.map(({ featureKey }) => featureKey)),
    textArray(keys.map(({ window }) => window.startText)),
  ]
}

const lockInOrder = {
  name: 'lock-balances',
  text: `select w.n::int as n, b.granted::float8 as granted, b.consumed::float8 as consumed, (b.reserved + b.leased)::float8 as held
    from unnest($1::text[], $2::text[], $3::timestamptz[]) with ordinality as w(tenant_id, feature_key, window_start, n)
    join balance b using (tenant_id, feature_key, window_start)
    order by b.tenant_id, b.feature_key, b.window_start for update of b`,
}

const openMissing = {
  name: 'open-balances',
  text: `with missing as materialized (
      select w.*, e.limit_units, e.cadence
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[])
        as w(tenant_id, feature_key, window_start, window_end, wanted_cadence)
      join entitlement e using (tenant_id, feature_key)
      where not exists (select from balance b
        where b.tenant_id = w.tenant_id and b.feature_key = w.feature_key and b.window_start = w.window_start)
      order by e.tenant_id, e.feature_key for share of e
    ),
    opened as (
      insert into balance (tenant_id, feature_key, window_start, window_end, granted, updated_at)
      select tenant_id, feature_key, window_start, window_end, limit_units, $6 from missing where cadence = wanted_cadence
      order by tenant_id, feature_key, window_start
      on conflict (tenant_id, feature_key, window_start) do nothing
      returning tenant_id, feature_key, window_start, granted
    )
    insert into quota_entry (tenant_id, feature_key, window_start, kind, units, at)
    select tenant_id, feature_key, window_start, 'grant', granted, $6 from opened`,
}
