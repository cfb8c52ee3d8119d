import type { ClientBase } from 'pg'
import { plainArray, textArray } from '../array-literal.ts'
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
  const shares = writes.flatMap(({ written }, index) => written.shares.map((share) => ({ ...share, n: index + 1 })))
  const { rows } = await client.query<PoolRow & { n: number }>({
    name: 'write-leases',
    text: statement,
    values: [
      textArray(writes.map(({ lease }) => lease.tenantId)),
      textArray(writes.map(({ lease }) => lease.featureKey)),
      textArray(writes.map(({ lease }) => lease.window.startText)),
      textArray(writes.map(({ lease }) => lease.id)),
      plainArray(writes.map(({ written }) => written.to)),
      plainArray(writes.map(({ ends }) => ends)),
      plainArray(shares.map(({ n }) => n)),
      textArray(shares.map(({ callerId }) => callerId)),
      plainArray(shares.map(({ units }) => units)),
      plainArray(shares.map(({ requests }) => requests)),
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

const statement = `with wanted as (
    select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::int8[], $6::bool[]) with ordinality
      as w(tenant_id, feature_key, window_start, lease_id, served, ends, n)
  ),
  locked as materialized (
    select w.n::int as n, w.lease_id, w.served, w.ends, b.tenant_id, b.feature_key, b.window_start
    from wanted w join balance b using (tenant_id, feature_key, window_start)
    where b.origin = 'plan'
    order by b.tenant_id, b.feature_key, b.window_start for update of b
  ),
  lease as materialized (
    select l.n, l.ends, q.tenant_id, q.id, q.feature_key, q.window_start, q.units, q.used, greatest(q.used, l.served) as served
    from locked l join quota_lease q on q.tenant_id = l.tenant_id and q.id = l.lease_id
    for update of q
  ),
  written as (
    update quota_lease q set used = l.served from lease l where not l.ends and q.tenant_id = l.tenant_id and q.id = l.id
  ),
  ended as (
    delete from quota_lease q using lease l where l.ends and q.tenant_id = l.tenant_id and q.id = l.id
  ),
  shares as materialized (
    select l.tenant_id, l.feature_key, l.window_start, s.*
    from unnest($7::int[], $8::text[], $9::int8[], $10::int[]) as s(n, caller_id, units, requests) join lease l using (n)
    where l.served > l.used
  ),
  entries as (
    insert into quota_entry (tenant_id, feature_key, window_start, kind, units, caller_id, requests, at)
    select tenant_id, feature_key, window_start, 'consume', units, caller_id, requests, $11 from shares
  ),
  hours as (
    insert into usage_hour as h (tenant_id, feature_key, hour, caller_id, units)
    select tenant_id, feature_key, date_trunc('hour', $11::timestamptz, 'UTC'), caller_id, sum(units) from shares
    group by 1, 2, 4 order by 1, 2, 4
    on conflict (tenant_id, feature_key, hour, caller_id) do update set units = h.units + excluded.units
  )
  update balance b set consumed = b.consumed + l.served - l.used,
    leased = b.leased - case when l.ends then l.units else l.served end + l.used, updated_at = $11
  from lease l
  where b.tenant_id = l.tenant_id and b.feature_key = l.feature_key and b.window_start = l.window_start and b.origin = 'plan'
  returning l.n, ${poolColumns}`
