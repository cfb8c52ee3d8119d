import type { PoolClient } from 'pg'
import { plainArray, textArray } from './array-literal.ts'
import type { Group } from './batch.ts'
import { callerShareColumns, callerShares, writeTaken } from './caller-shares.ts'
import { MOST_UNITS } from './most-units.ts'

/** A balance after the commit. */
export interface CountedBalance {
  group: Group
  /** Null: unlimited. */
  granted: number | null
  used: number
}

/**
 * Counts whole groups in one statement, which is its own transaction: the balances are taken in key order, and each is raised by all
 * that its group wants, or left alone where that does not fit, where there is no balance yet or more than one, or where a request id
 * was seen before.
 * Ledger, hours and request ids are written with it.
 * @returns the balances that were raised; it is committed when this returns
 */
export async function countAtOnce(client: PoolClient, groups: readonly Group[], now: Date): Promise<CountedBalance[]> {
  const values = [
    ...callerShareColumns(
      groups.map(({ tenantId, featureKey, window, shares }) => ({ tenantId, featureKey, window, shares: shares.values() })),
    ),
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
  const tenants: string[] = []
  const ids: string[] = []
  const amounts: number[] = []
  const decisions: string[] = []
  const after: number[] = []
  const ends: (string | null)[] = []
  const askedOf: (string | null)[] = []
  for (let index = 0; index < groups.length; index++) {
    const { tenantId, waiters, units } = groups[index]!
    let rest = units
    for (const { requestId, amount, decisionId, window, kept } of waiters) {
      rest -= amount
      if (requestId === null) continue
      group.push(index + 1)
      tenants.push(tenantId)
      ids.push(requestId)
      amounts.push(amount)
      decisions.push(decisionId)
      after.push(rest)
      ends.push(window.end?.toISOString() ?? null)
      askedOf.push(kept?.askedOf ?? null)
    }
  }
  if (ids.length === 0) return null
  return [
    plainArray(group),
    textArray(tenants),
    textArray(ids),
    plainArray(amounts),
    textArray(decisions),
    plainArray(after),
    textArray(ends),
    textArray(askedOf),
  ]
}

/** What each caller takes of a balance, and what is wanted of each, in key order. */
const wanted = `
  shares as materialized (
    ${callerShares}
  ),
  wanted as materialized (
    select tenant_id, feature_key, window_start, 'plan' as origin, n, sum(units)::int8 as units from shares`

/** Balances are found and locked one by one, from `wanted` on: see docs/decisions/0034 for how the planner is held to that. */
const count = `
    group by tenant_id, feature_key, window_start, n order by tenant_id, feature_key, window_start
  ),
  counted as (
    update balance b set consumed = b.consumed + w.units, updated_at = $9
    from wanted w
    where b.tenant_id = any (array[w.tenant_id]) and b.feature_key = w.feature_key and b.window_start = w.window_start
      and b.origin = w.origin and not b.pooled and not b.closed
      and b.consumed + b.reserved + b.leased + w.units <= coalesce(b.granted, ${MOST_UNITS})
    returning w.n, w.feature_key, b.granted, b.consumed + b.reserved + b.leased as used
  ),
  taken as materialized (
    select * from shares where (n in (select n from counted)) is true
  ),${writeTaken('$9')}`

const result = 'select n, granted::float8 as granted, used::float8 as used from counted'

const withoutRequestIds = { name: 'count-at-once', text: `with ${wanted} ${count} ${result}` }

const withRequestIds = {
  name: 'count-at-once-by-request',
  text: `with requests as materialized (
    select * from unnest($10::int[], $11::text[], $12::text[], $13::int8[], $14::text[], $15::int8[], $16::timestamptz[], $17::text[])
      as r(n, tenant_id, request_id, amount, decision_id, after, resets_at, asked_of)
  ),
  seen as materialized (
    select r.n from requests r join quota_request q on q.tenant_id = any (array[r.tenant_id]) and q.request_id = r.request_id
  ), ${wanted}
    where (n in (select n from seen)) is not true ${count},
  answers as (
    insert into quota_request (tenant_id, request_id, feature_key, amount, decision_id, allowed, code, remaining, limit_units, resets_at, asked_of, at)
    select r.tenant_id, r.request_id, c.feature_key, r.amount, r.decision_id, true, 'allowed', c.granted - c.used + r.after,
      c.granted, r.resets_at, r.asked_of, $9
    from requests r join counted c on c.n = r.n order by 1, 2
  ) ${result}`,
}
