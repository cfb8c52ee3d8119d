import type { PoolClient } from 'pg'
import { plainArray, textArray } from './array-literal.ts'
import type { Group } from './batch.ts'
import { MOST_UNITS } from './most-units.ts'

/** A balance after the commit. */
export interface CountedBalance {
  group: Group
  /** Null: unlimited. */
  granted: number | null
  used: number
}

/**
 * Counts whole groups in one statement, which is its own transaction: every balance is locked in key order and raised by all its
 * group wants, or left alone where that does not fit, where there is no balance yet or more than one, or where a request id was seen
 * before.
 * Ledger, hours and request ids are written with it.
 * @returns the balances that were raised; it is committed when this returns
 */
export async function countAtOnce(client: PoolClient, groups: readonly Group[], now: Date): Promise<CountedBalance[]> {
  const shares = groups.flatMap((group, index) => [...group.shares.values()].map((share) => ({ ...share, index })))
  const values = [
    textArray(groups.map(({ tenantId }) => tenantId)),
    textArray(groups.map(({ featureKey }) => featureKey)),
    textArray(groups.map(({ window }) => window.startText)),
    plainArray(groups.map(({ units }) => units)),
    plainArray(shares.map(({ index }) => index + 1)),
    textArray(shares.map(({ callerId }) => callerId)),
    plainArray(shares.map(({ units }) => units)),
    plainArray(shares.map(({ requests }) => requests)),
    now,
  ]
  const named = namedRequests(groups)
  const { rows } = await client.query<{ n: number; granted: number | null; used: number }>({
    ...(named ? withRequestIds : withoutRequestIds),
    values: named ? [...values, ...named] : values,
  })
  return rows.map(({ n, granted, used }) => ({ group: groups[n - 1]!, granted, used }))
}

/** The requests that have an id, as one array a column; null when there is none. */
function namedRequests(groups: readonly Group[]): string[] | null {
  const group: number[] = []
  const ids: string[] = []
  const amounts: number[] = []
  const decisions: string[] = []
  const after: number[] = []
  const ends: (string | null)[] = []
  for (let index = 0; index < groups.length; index++) {
    const { waiters, units } = groups[index]!
    let rest = units
    for (const { requestId, amount, decisionId, window } of waiters) {
      rest -= amount
      if (requestId === null) continue
      group.push(index + 1)
      ids.push(requestId)
      amounts.push(amount)
      decisions.push(decisionId)
      after.push(rest)
      ends.push(window.end?.toISOString() ?? null)
    }
  }
  if (ids.length === 0) return null
  return [plainArray(group), textArray(ids), plainArray(amounts), textArray(decisions), plainArray(after), textArray(ends)]
}

const wanted = `
  wanted as (
    select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::int8[])
      with ordinality as w(tenant_id, feature_key, window_start, units, n)`

const count = `
  locked as materialized (
    select w.n::int as n, w.units, b.tenant_id, b.feature_key, b.window_start
    from wanted w join balance b using (tenant_id, feature_key, window_start)
    where b.origin = 'plan' and not b.pooled and not b.closed
    order by b.tenant_id, b.feature_key, b.window_start for update of b
  ),
  counted as (
    update balance b set consumed = b.consumed + l.units, updated_at = $9
    from locked l
    where b.tenant_id = l.tenant_id and b.feature_key = l.feature_key and b.window_start = l.window_start and b.origin = 'plan'
      and b.consumed + b.reserved + b.leased + l.units <= coalesce(b.granted, ${MOST_UNITS})
    returning l.n, b.tenant_id, b.feature_key, b.window_start, b.granted, b.consumed + b.reserved + b.leased as used
  ),
  shares as materialized (
    select c.tenant_id, c.feature_key, c.window_start, s.*
    from unnest($5::int[], $6::text[], $7::int8[], $8::int[]) as s(n, caller_id, units, requests) join counted c on c.n = s.n
  ),
  entries as (
    insert into quota_entry (tenant_id, feature_key, window_start, kind, units, caller_id, requests, at)
    select tenant_id, feature_key, window_start, 'consume', units, caller_id, requests, $9 from shares
  ),
  hours as (
    insert into usage_hour as h (tenant_id, feature_key, hour, caller_id, units)
    select tenant_id, feature_key, date_trunc('hour', $9::timestamptz, 'UTC'), caller_id, sum(units) from shares
    group by 1, 2, 4 order by 1, 2, 4
    on conflict (tenant_id, feature_key, hour, caller_id) do update set units = h.units + excluded.units
  )`

const result = 'select n, granted::float8 as granted, used::float8 as used from counted'

const withoutRequestIds = { name: 'count-at-once', text: `with ${wanted}\n  ), ${count} ${result}` }

const withRequestIds = {
  name: 'count-at-once-by-request',
  text: `with requests as materialized (
    select r.*, a.tenant_id
    from unnest($10::int[], $11::text[], $12::int8[], $13::text[], $14::int8[], $15::timestamptz[])
      as r(n, request_id, amount, decision_id, after, resets_at)
    join unnest($1::text[]) with ordinality as a(tenant_id, n) on a.n = r.n
  ),
  seen as materialized (
    select distinct r.n from requests r join quota_request q on q.tenant_id = r.tenant_id and q.request_id = r.request_id
  ), ${wanted}
    where not exists (select from seen where seen.n = w.n)
  ), ${count},
  answers as (
    insert into quota_request (tenant_id, request_id, feature_key, amount, decision_id, allowed, code, remaining, limit_units, resets_at, at)
    select c.tenant_id, r.request_id, c.feature_key, r.amount, r.decision_id, true, 'allowed', c.granted - c.used + r.after,
      c.granted, r.resets_at, $9
    from requests r join counted c on c.n = r.n order by 1, 2
  ) ${result}`,
}
