import type { ClientBase } from 'pg'
import { plainArray, textArray } from '../engine/array-literal.ts'
import type { Account, Difference } from './find-differences.ts'

/**
 * Makes the list of known differences say what was found in these accounts now.
 * @returns those that were not in it
 */
export async function keepDifferences(
  client: ClientBase,
  accounts: readonly Account[],
  found: readonly Difference[],
  now: Date,
): Promise<Difference[]> {
  const { rows } = await client.query<{ n: number }>({
    name: 'keep-differences',
    text: `with found as materialized (
        select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::int8[], $7::int8[]) with ordinality
          as f(tenant_id, feature_key, window_start, origin, field, expected, found, n)
      ),
      gone as (
        delete from books_difference d using unnest($8::text[], $9::text[]) as s(tenant_id, feature_key)
        where d.tenant_id = s.tenant_id and d.feature_key = s.feature_key and not exists (
          select from found f where f.tenant_id = d.tenant_id and f.feature_key = d.feature_key and f.window_start = d.window_start
            and f.origin = d.origin and f.field = d.field)
      ),
      before as (select f.n from found f join books_difference d using (tenant_id, feature_key, window_start, origin, field)),
      kept as (
        insert into books_difference (tenant_id, feature_key, window_start, origin, field, expected, found, found_at, seen_at)
        select tenant_id, feature_key, window_start, origin, field, expected, found, $10, $10 from found
        on conflict (tenant_id, feature_key, window_start, origin, field)
          do update set expected = excluded.expected, found = excluded.found, seen_at = excluded.seen_at
      )
      select n::int as n from found where n not in (select n from before) order by n`,
    values: [
      textArray(found.map(({ tenantId }) => tenantId)),
      textArray(found.map(({ featureKey }) => featureKey)),
      textArray(found.map(({ windowStart }) => windowStart.toISOString())),
      textArray(found.map(({ origin }) => origin)),
      textArray(found.map(({ field }) => field)),
      plainArray(found.map(({ expected }) => expected)),
      plainArray(found.map((difference) => difference.found)),
      textArray(accounts.map(({ tenantId }) => tenantId)),
      textArray(accounts.map(({ featureKey }) => featureKey)),
      now,
    ],
  })
  return rows.map(({ n }) => found[n - 1]!)
}
