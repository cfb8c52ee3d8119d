import type { ClientBase } from 'pg'
import { textArray } from '../engine/array-literal.ts'
import type { Account } from './find-differences.ts'

/**
 * Sums up again the days of accounts whose hours no longer add up to them, which is so when something was counted or corrected in a
 * day that was thought to be settled.
 * @returns how many accounts that were
 */
export async function mendDays(client: ClientBase, accounts: readonly Account[]): Promise<number> {
  const { rows } = await client.query<{ mended: number }>({
    name: 'mend-days',
    text: `with scope as materialized (select * from unnest($1::text[], $2::text[]) as s(tenant_id, feature_key)),
      rolled as materialized (
        select tenant_id, feature_key, (hour at time zone 'UTC')::date as day, caller_id, member_id, sum(units) as units
        from usage_hour join scope using (tenant_id, feature_key)
        where hour < (select until from usage_rollup where name = 'day') group by 1, 2, 3, 4, 5
      ),
      stale as (
        select r.* from rolled r left join usage_day d using (tenant_id, feature_key, day, caller_id, member_id) where d.units is distinct from r.units
      ),
      mended as (
        insert into usage_day as d (tenant_id, feature_key, day, caller_id, member_id, units) select * from stale order by 1, 2, 3, 4, 5
        on conflict (tenant_id, feature_key, day, caller_id, member_id) do update set units = excluded.units
        returning tenant_id, feature_key
      )
      select count(distinct (tenant_id, feature_key))::int as mended from mended`,
    values: [textArray(accounts.map(({ tenantId }) => tenantId)), textArray(accounts.map(({ featureKey }) => featureKey))],
  })
  return rows[0]!.mended
}
