import type { Pool } from 'pg'
import type { BalanceFact, EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import { textArray } from './array-literal.ts'
import { grantAfterReturn } from './take-back-grant.ts'
import { windowOf } from './window-of.ts'

/** The balances of the present windows as committed; one that nothing was counted in yet is empty. What is held past its time is not held. */
export async function readBalances(
  pool: Pick<Pool, 'query'>,
  tenantId: string,
  entitlements: readonly EntitlementFact[],
  now: number,
): Promise<BalanceFact[]> {
  const windows = entitlements.map(({ cadence }) => windowOf(cadence, now))
  const { rows } = await pool.query<{ n: number; granted: number | null; used: number; reserved: number; due: number }>({
    name: 'read-balances',
    text: `select w.n::int as n, b.granted::float8 as granted, (b.consumed + b.leased)::float8 as used,
        b.reserved::float8 as reserved, case when b.reserved = 0 then 0 else coalesce((select sum(r.units) from reservation r
          where r.tenant_id = b.tenant_id and r.feature_key = b.feature_key and r.window_start = b.window_start
            and r.state = 'held' and r.expires_at <= $4), 0) end::float8 as due
      from unnest($2::text[], $3::timestamptz[]) with ordinality as w(feature_key, window_start, n)
      join balance b on b.tenant_id = $1 and b.feature_key = w.feature_key and b.window_start = w.window_start`,
    values: [
      tenantId,
      textArray(entitlements.map(({ featureKey }) => featureKey)),
      textArray(windows.map(({ startText }) => startText)),
      new Date(now),
    ],
  })
  const found = new Map(rows.map((row) => [row.n - 1, row]))
  return entitlements.map(({ featureKey, limit, cadence }, index) => {
    const balance = found.get(index) ?? { granted: limit, used: 0, reserved: 0, due: 0 }
    const { used, due } = balance
    const reserved = balance.reserved - due
    const granted = due > 0 ? grantAfterReturn(balance.granted, limit, used + reserved) : balance.granted
    const { start, end } = windows[index]!
    return {
      featureKey,
      used,
      reserved,
      remaining: granted === null ? null : granted - used - reserved,
      windowStart: cadence === 'never' ? null : start,
      resetsAt: end,
    }
  })
}
