import type { ClientBase } from 'pg'
import { textArray } from './array-literal.ts'
import type { PoolBalance } from './pool.ts'

/**
 * Where more is granted than the plan allows, because units were used or held past a limit that fell or were reported past it, what
 * has come back of it is not granted again; neither is what comes back of a grant that was voided, or of a cap that was lowered. The
 * balances are locked by this transaction; those that have not ended are changed to what they then are.
 *
 * The entitlement is read without a lock: whoever changes it locks these balances next, and waits for this transaction.
 */
export async function takeBackGrant(client: ClientBase, balances: readonly PoolBalance[], now: Date): Promise<void> {
  const limited = balances.filter(({ granted, kind, endsAt }) => granted !== null && kind !== 'rollover' && endsAt > now.getTime())
  if (limited.length === 0) return
  const { rows } = await client.query<{ n: number; granted: number }>({
    ...takeBack,
    values: [
      textArray(limited.map(({ tenantId }) => tenantId)),
      textArray(limited.map(({ featureKey }) => featureKey)),
      textArray(limited.map(({ windowStart }) => windowStart)),
      textArray(limited.map(({ origin }) => origin)),
      now,
    ],
  })
  for (const { n, granted } of rows) limited[n - 1]!.granted = granted
}

/** What is granted once units came back, by the same rule as in the statement below. A null limit takes nothing back. */
export function grantAfterReturn(granted: number | null, limit: number | null, used: number): number | null {
  return granted === null || limit === null ? granted : Math.min(granted, Math.max(limit, used))
}

/** What rolled over out of a window is no longer granted in it, so less than the plan allows is as it should be. */
const takeBack = {
  name: 'take-back-grant',
  text: `with present as materialized (
      select w.n::int as n, b.tenant_id, b.feature_key, b.window_start, b.origin, b.granted,
        b.consumed + b.reserved + b.leased as used,
        case when b.closed then 0 when b.kind = 'overage' then e.overage_units when b.kind = 'allowance' then e.limit_units
          when b.kind = 'cap' then (select c.limit_units from usage_cap c where c.tenant_id = b.tenant_id and c.feature_key = b.feature_key
            and c.holder in (b.origin, case when b.origin like 'key\\_%' then 'each_key' else 'each_member' end) order by c.holder = b.origin desc limit 1)
          when exists (select from quota_grant g where g.tenant_id = b.tenant_id and g.id = b.origin and g.voided_at is not null) then 0
        end as limit_units
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) with ordinality
        as w(tenant_id, feature_key, window_start, origin, n)
      join balance b on b.tenant_id = any (array[w.tenant_id]) and b.feature_key = w.feature_key and b.window_start = w.window_start
        and b.origin = w.origin
      join entitlement e on e.tenant_id = any (array[w.tenant_id]) and e.feature_key = any (array[w.feature_key])
    ),
    taken as (
      update balance b set granted = greatest(p.limit_units, p.used), updated_at = $5
      from present p
      where b.tenant_id = any (array[p.tenant_id]) and b.feature_key = p.feature_key and b.window_start = p.window_start and b.origin = p.origin
        and p.limit_units is not null and p.granted > greatest(p.limit_units, p.used)
      returning p.n, b.tenant_id, b.feature_key, b.window_start, b.origin, b.granted, b.granted - p.granted as units
    ),
    entries as (
      insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, at)
      select tenant_id, feature_key, window_start, origin, 'grant', units, $5 from taken
    )
    select n, granted::float8 as granted from taken`,
}
