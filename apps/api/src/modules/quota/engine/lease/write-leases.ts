import type { ClientBase } from 'pg'
import { plainArray, textArray } from '../array-literal.ts'
import { callerShareColumns, callerShares, writeTaken } from '../caller-shares.ts'
import { type PoolRow, poolColumns, toPoolBalance } from '../lock-pools.ts'
import { roomIn } from '../pool.ts'
import { takeBackGrant } from '../take-back-grant.ts'
import type { Lease, Written } from './lease.ts'

/** One lease, what of it is to be written, and whether it ends with that. */
export interface LeaseWrite {
  lease: Lease
  written: Written
  ends: boolean
}

/**
 * Writes what leases gave out, as totals: the larger one counts, so a total that was written already changes nothing, and its ledger
 * entries are not made again. A lease that ends gives the rest back. Each balance is locked in key order.
 */
export async function writeLeases(client: Pick<ClientBase, 'query'>, writes: readonly LeaseWrite[], now: Date): Promise<void> {
  await write(client, writes, now)
}

/** The same in a transaction of the caller's, where leases end: what came back of a limit that fell is not granted again. */
export async function endLeases(client: ClientBase, writes: readonly LeaseWrite[], now: Date): Promise<void> {
  const rows = await write(client, writes, now)
  await takeBackGrant(client, rows.map(toPoolBalance), now)
}

async function write(client: Pick<ClientBase, 'query'>, writes: readonly LeaseWrite[], now: Date): Promise<PoolRow[]> {
  const { rows } = await client.query<PoolRow & { n: number }>({
    name: 'write-leases',
    text: statement,
    values: [
      ...callerShareColumns(
        writes.map(({ lease: { tenantId, featureKey, window }, written: { shares } }) => ({
          tenantId,
          featureKey,
          window,
          shares,
        })),
      ),
      textArray(writes.map(({ lease }) => lease.tenantId)),
      textArray(writes.map(({ lease }) => lease.featureKey)),
      textArray(writes.map(({ lease }) => lease.window.startText)),
      textArray(writes.map(({ lease }) => lease.id)),
      plainArray(writes.map(({ written }) => written.to)),
      plainArray(writes.map(({ ends }) => ends)),
      now,
    ],
  })
  for (const { n, ...row } of rows) {
    const { lease } = writes[n - 1]!
    lease.granted = row.granted
    lease.outside = roomIn(row)
  }
  return rows
}

const statement = `with wanted as materialized (
    select w.*, 'plan' as origin
    from unnest($9::text[], $10::text[], $11::timestamptz[], $12::text[], $13::int8[], $14::bool[]) with ordinality
      as w(tenant_id, feature_key, window_start, lease_id, served, ends, n)
  ),
  locked as materialized (
    select w.n::int as n, w.lease_id, w.served, w.ends, w.tenant_id, w.feature_key, w.window_start, w.origin
    from wanted w join balance b on b.tenant_id = any (array[w.tenant_id]) and b.feature_key = w.feature_key
      and b.window_start = w.window_start and b.origin = w.origin
    order by w.tenant_id, w.feature_key, w.window_start for update of b
  ),
  lease as materialized (
    select l.n, l.ends, q.tenant_id, q.id, q.feature_key, q.window_start, l.origin, q.units, q.used, greatest(q.used, l.served) as served
    from locked l join quota_lease q on q.tenant_id = any (array[l.tenant_id]) and q.id = l.lease_id
    for update of q
  ),
  written as (
    update quota_lease q set used = l.served from lease l where not l.ends and q.tenant_id = any (array[l.tenant_id]) and q.id = l.id
  ),
  ended as (
    delete from quota_lease q using lease l where l.ends and q.tenant_id = any (array[l.tenant_id]) and q.id = l.id
  ),
  shares as (
    ${callerShares}
  ),
  taken as materialized (
    select * from shares where (n in (select n from lease where served > used)) is true
  ),${writeTaken('$15')}
  update balance b set consumed = b.consumed + l.served - l.used,
    leased = b.leased - case when l.ends then l.units else l.served end + l.used, updated_at = $15
  from lease l
  where b.tenant_id = any (array[l.tenant_id]) and b.feature_key = l.feature_key and b.window_start = l.window_start
    and b.origin = l.origin
  returning l.n, ${poolColumns}`
