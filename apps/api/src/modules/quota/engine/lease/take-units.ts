import type { Pool } from 'pg'
import { plainArray, textArray } from '../array-literal.ts'
import { MOST_UNITS } from '../most-units.ts'
import type { Lease } from './lease.ts'

/** Of what is left of a balance, a lease takes at most one in so many: near the end little is ahead of anybody. */
const PART = 8

export interface Taken {
  lease: Lease
  /** Units that were ever taken for the lease. */
  units: number
  granted: number | null
  outside: number
}

/**
 * Takes units of balances for leases, in one statement: each balance is locked in key order, and gives what is wanted or a part of
 * what is left.
 * @returns those that were given something
 */
export async function takeUnits(
  pool: Pick<Pool, 'query'>,
  wanted: readonly { lease: Lease; units: number }[],
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<Taken[]> {
  const { rows } = await pool.query<{ n: number; units: number; granted: number | null; outside: number }>({
    name: 'take-units',
    text: take,
    values: [
      textArray(wanted.map(({ lease }) => lease.tenantId)),
      textArray(wanted.map(({ lease }) => lease.featureKey)),
      textArray(wanted.map(({ lease }) => lease.window.startText)),
      textArray(wanted.map(({ lease }) => lease.id)),
      plainArray(wanted.map(({ units }) => units)),
      now,
      expiresAt,
    ],
  })
  return rows.map(({ n, ...taken }) => ({ lease: wanted[n - 1]!.lease, ...taken }))
}

const take = `with wanted as materialized (
    select w.*, 'plan' as origin from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::int8[]) with ordinality
      as w(tenant_id, feature_key, window_start, lease_id, units, n)
  ),
  locked as materialized (
    select w.n::int as n, w.lease_id, w.tenant_id, w.feature_key, w.window_start, w.origin,
      least(w.units, (coalesce(b.granted, ${MOST_UNITS}) - b.consumed - b.reserved - b.leased) / ${PART}) as units
    from wanted w join balance b on b.tenant_id = any (array[w.tenant_id]) and b.feature_key = w.feature_key
      and b.window_start = w.window_start and b.origin = w.origin
    where not b.pooled and not b.closed
    order by w.tenant_id, w.feature_key, w.window_start for update of b
  ),
  given as (
    insert into quota_lease as q (tenant_id, id, feature_key, window_start, units, opened_at, expires_at)
    select tenant_id, lease_id, feature_key, window_start, units, $6, $7 from locked where units > 0 order by 1, 2
    on conflict (tenant_id, id) do update set units = q.units + excluded.units, expires_at = excluded.expires_at
    returning q.tenant_id, q.id, q.units
  )
  update balance b set leased = b.leased + l.units, updated_at = $6
  from locked l join given g on g.id = l.lease_id and g.tenant_id = l.tenant_id
  where b.tenant_id = any (array[l.tenant_id]) and b.feature_key = l.feature_key and b.window_start = l.window_start
    and b.origin = l.origin
  returning l.n, g.units::float8 as units, b.granted::float8 as granted,
    (coalesce(b.granted, ${MOST_UNITS}) - b.consumed - b.reserved - b.leased)::float8 as outside`
