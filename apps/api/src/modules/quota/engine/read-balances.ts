import type { Pool } from 'pg'
import type { BalanceFact, EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import { textArray } from './array-literal.ts'
import { windowOf } from './window-of.ts'

/** The balances of the present windows as committed; one that nothing was counted in yet is empty. */
export async function readBalances(
  pool: Pick<Pool, 'query'>,
  tenantId: string,
  entitlements: readonly EntitlementFact[],
  now: number,
): Promise<BalanceFact[]> {
  const windows = entitlements.map(({ cadence }) => windowOf(cadence, now))
  const { rows } = await pool.query<{ n: number; granted: number | null; used: number }>({
    name: 'read-balances',
    text: `select w.n::int as n, b.granted::float8 as granted, (b.consumed + b.reserved + b.leased)::float8 as used
      from unnest($2::text[], $3::timestamptz[]) with ordinality as w(feature_key, window_start, n)
      join balance b on b.tenant_id = $1 and b.feature_key = w.feature_key and b.window_start = w.window_start`,
    values: [
      tenantId,
      textArray(entitlements.map(({ featureKey }) => featureKey)),
      textArray(windows.map(({ startText }) => startText)),
    ],
  })
  const found = new Map(rows.map((row) => [row.n - 1, row]))
  return entitlements.map(({ featureKey, limit, cadence }, index) => {
    const { granted, used } = found.get(index) ?? { granted: limit, used: 0 }
    const { start, end } = windows[index]!
    return {
      featureKey,
      used,
      remaining: granted === null ? null : granted - used,
      windowStart: cadence === 'never' ? null : start,
      resetsAt: end,
    }
  })
}
