import type { ClientBase } from 'pg'
import { textArray } from './array-literal.ts'
import type { NamedBalance } from './give-back-expired.ts'

/**
 * Where more is granted than the plan allows, because units were used or held past a limit that fell or past an overage, what has
 * come back of it is not granted again. The balances are locked by this transaction and have not ended; those handed in are
 * changed to what they then are.
 *
 * The entitlement is read without a lock: whoever changes it locks these balances next, and waits for this transaction.
 */
export async function takeBackGrant(client: ClientBase, balances: readonly NamedBalance[], now: Date): Promise<void> {
  const limited = balances.filter(({ balance }) => balance.granted !== null)
  if (limited.length === 0) return
  const { rows } = await client.query<{ n: number; granted: number }>({
    ...takeBack,
    values: [
      textArray(limited.map(({ key }) => key.tenantId)),
      textArray(limited.map(({ key }) => key.featureKey)),
      textArray(limited.map(({ key }) => key.window.startText)),
      now,
    ],
  })
  for (const { n, granted } of rows) limited[n - 1]!.balance.granted = granted
}

/** What is granted once units came back, by the same rule as in the statement below. A null limit takes nothing back. */
export function grantAfterReturn(granted: number | null, limit: number | null, used: number): number | null {
  return granted === null || limit === null ? granted : Math.min(granted, Math.max(limit, used))
}

const takeBack = {
  name: 'take-back-grant',
  text: `with present as materialized (
      select w.n::int as n, b.tenant_id, b.feature_key, b.window_start, b.granted, b.consumed + b.reserved + b.leased as used,
        case when e.cadence = case when b.window_end is null then 'never'
            when b.window_end - b.window_start = interval '1 day' then 'day' else 'month' end
          then e.limit_units else 0 end as limit_units
      from unnest($1::text[], $2::text[], $3::timestamptz[]) with ordinality as w(tenant_id, feature_key, window_start, n)
      join balance b using (tenant_id, feature_key, window_start) join entitlement e using (tenant_id, feature_key)
      where b.window_end is null or b.window_end > $4
    ),
    taken as (
      update balance b set granted = greatest(p.limit_units, p.used), updated_at = $4
      from present p
      where b.tenant_id = p.tenant_id and b.feature_key = p.feature_key and b.window_start = p.window_start
        and p.limit_units is not null and p.granted > greatest(p.limit_units, p.used)
      returning p.n, b.tenant_id, b.feature_key, b.window_start, b.granted, b.granted - p.granted as units
    ),
    entries as (
      insert into quota_entry (tenant_id, feature_key, window_start, kind, units, at)
      select tenant_id, feature_key, window_start, 'grant', units, $4 from taken
    )
    select n, granted::float8 as granted from taken`,
}
