import type { ClientBase } from 'pg'
import { textArray } from './array-literal.ts'
import type { PoolBalance } from './pool.ts'
import { takeBackGrant } from './take-back-grant.ts'

/**
 * Gives back what reservations hold past their time in balances that are locked by this transaction, each once. The balances
 * handed in are changed to what they then are; those that hold nothing are not looked at. A reservation that holds units of other
 * balances too is over with the first; the rest comes back when those are looked at.
 * @returns how many reservations expired
 */
export async function giveBackExpired(client: ClientBase, balances: readonly PoolBalance[], now: Date): Promise<number> {
  const holding = [...new Set(balances)].filter(({ held }) => held > 0)
  if (holding.length === 0) return 0
  const { rows } = await client.query<{ n: number; units: number; reservations: number }>({
    ...expireDue,
    values: [
      textArray(holding.map(({ tenantId }) => tenantId)),
      textArray(holding.map(({ featureKey }) => featureKey)),
      textArray(holding.map(({ windowStart }) => windowStart)),
      textArray(holding.map(({ origin }) => origin)),
      now,
    ],
  })
  if (rows.length === 0) return 0
  const relieved = rows.map(({ n, units }) => {
    const one = holding[n - 1]!
    one.held -= units
    return one
  })
  await takeBackGrant(client, relieved, now)
  return rows.reduce((sum, { reservations }) => sum + reservations, 0)
}

const expireDue = {
  name: 'expire-due-reservations',
  text: `with over as materialized (
      select w.n, r.* from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) with ordinality
        as w(tenant_id, feature_key, window_start, origin, n)
      cross join lateral (
        select r.tenant_id, r.id, r.window_start, r.origin from reservation r
        where r.tenant_id = w.tenant_id and r.feature_key = w.feature_key and r.window_start = w.window_start and r.origin = w.origin
          and r.state = 'held' and r.expires_at <= $5 and not r.charged_at_end
        for update) r
    ),
    due as (
      update reservation r set state = 'expired', settled_at = $5
      from over o
      where r.tenant_id = any (array[o.tenant_id]) and r.id = o.id and r.window_start = o.window_start and r.origin = o.origin
      returning o.n, r.tenant_id, r.id, r.feature_key, r.window_start, r.origin, r.units, r.caller_id, r.place
    ),
    entries as (
      insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, caller_id, reservation_id, at)
      select tenant_id, feature_key, window_start, origin, 'expire', units, caller_id, id, $5 from due
    ),
    sums as (
      select n, tenant_id, feature_key, window_start, origin, sum(units)::int8 as units, count(*) filter (where place = 0)::int as reservations
      from due group by 1, 2, 3, 4, 5
    )
    update balance b set reserved = b.reserved - s.units, updated_at = $5
    from sums s
    where b.tenant_id = any (array[s.tenant_id]) and b.feature_key = s.feature_key and b.window_start = s.window_start and b.origin = s.origin
    returning s.n::int as n, s.units::float8 as units, s.reservations`,
}
