import type { Pool } from 'pg'
import type { BalanceFact, EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import { textArray } from './array-literal.ts'
import { MOST_UNITS } from './most-units.ts'
import { limitOf, type PoolBalance } from './pool.ts'
import { grantAfterReturn } from './take-back-grant.ts'
import { type QuotaWindow, windowOf } from './window-of.ts'

/** The balances of the present windows as committed; one that nothing was counted in yet is empty. What is held past its time is not held. */
export async function readBalances(
  pool: Pick<Pool, 'query'>,
  tenantId: string,
  entitlements: readonly EntitlementFact[],
  now: number,
): Promise<BalanceFact[]> {
  return (await readPools(pool, tenantId, entitlements, now)).map(({ entitlement, window, balances }) =>
    toBalanceFact(entitlement, window, balances),
  )
}

/** A pool as it is read, without being locked. */
export interface ReadPool {
  entitlement: EntitlementFact
  window: QuotaWindow
  balances: PoolBalance[]
}

export async function readPools(
  pool: Pick<Pool, 'query'>,
  tenantId: string,
  entitlements: readonly EntitlementFact[],
  now: number,
): Promise<ReadPool[]> {
  const windows = entitlements.map(({ cadence, windows: rule }) => windowOf(cadence, now, rule))
  const { rows } = await pool.query<ReadRow>({
    name: 'read-balances',
    text: `select w.n::int as n, b.origin, b.kind, b.granted::float8 as granted, b.consumed::float8 as consumed, b.leased::float8 as leased,
        b.reserved::float8 as reserved, case when b.reserved = 0 then 0 else coalesce((select sum(r.units) from reservation r
          where r.tenant_id = b.tenant_id and r.feature_key = b.feature_key and r.window_start = b.window_start and r.origin = b.origin
            and r.state = 'held' and r.expires_at <= $4), 0) end::float8 as due,
        case when b.kind <> 'allowance' or b.window_end is not null then 0 else coalesce((select sum(g.units) from gauge_hold g
          where g.tenant_id = b.tenant_id and g.feature_key = b.feature_key and g.expires_at <= $4), 0) end::float8 as lapsed
      from unnest($2::text[], $3::timestamptz[]) with ordinality as w(feature_key, window_start, n)
      join balance b on b.tenant_id = $1 and b.feature_key = w.feature_key and coalesce(b.window_end, 'infinity'::timestamptz) > $4
        and b.window_start <= $4 and not b.closed
        and case when b.kind in ('allowance', 'cap') then b.window_start = w.window_start else true end`,
    values: [
      tenantId,
      textArray(entitlements.map(({ featureKey }) => featureKey)),
      textArray(windows.map(({ startText }) => startText)),
      new Date(now),
    ],
  })
  return entitlements.map((entitlement, index) => {
    const window = windows[index]!
    const balances = rows.filter(({ n }) => n === index + 1).map((row) => toBalance(tenantId, entitlement, window, row))
    const open = balances.some(({ kind }) => kind === 'allowance')
    return { entitlement, window, balances: open ? balances : [...balances, ...unopened(tenantId, entitlement, window)] }
  })
}

interface ReadRow {
  n: number
  origin: string
  kind: PoolBalance['kind']
  granted: number | null
  consumed: number
  leased: number
  reserved: number
  due: number
  /** Of a gauge: held past its time. */
  lapsed: number
}

/** What is held past its time is no longer held, and what was granted beyond the plan for it is no longer granted. */
function toBalance(tenantId: string, entitlement: EntitlementFact, window: QuotaWindow, row: ReadRow): PoolBalance {
  const { origin, kind, leased, due, lapsed } = row
  const consumed = Math.max(0, row.consumed + leased - lapsed)
  const held = row.reserved - due
  const limit = kind === 'allowance' ? entitlement.limit : kind === 'overage' ? (entitlement.overage ?? null) : null
  const granted = due > 0 ? grantAfterReturn(row.granted, limit, consumed + held) : row.granted
  return { ...emptyBalance(tenantId, entitlement, window), origin, kind, granted, consumed, held }
}

/** What the first request of the window would open. What would roll over into it is not known before. */
function unopened(tenantId: string, entitlement: EntitlementFact, window: QuotaWindow): PoolBalance[] {
  const plan = { ...emptyBalance(tenantId, entitlement, window), granted: entitlement.limit }
  if (entitlement.overage === undefined) return [plan]
  return [plan, { ...plan, origin: 'overage', kind: 'overage', granted: entitlement.overage }]
}

function emptyBalance(tenantId: string, { featureKey }: EntitlementFact, { startText, end }: QuotaWindow): PoolBalance {
  return {
    tenantId,
    featureKey,
    windowStart: startText,
    origin: 'plan',
    kind: 'allowance',
    granted: null,
    consumed: 0,
    held: 0,
    priority: 0,
    endsAt: end?.getTime() ?? Number.POSITIVE_INFINITY,
    openedAt: 0,
  }
}

export function toBalanceFact(
  { featureKey, cadence }: EntitlementFact,
  window: QuotaWindow,
  all: readonly PoolBalance[],
): BalanceFact {
  const balances = all.filter(({ kind }) => kind !== 'cap')
  const sum = (of: (balance: PoolBalance) => number) =>
    Math.min(
      MOST_UNITS,
      balances.reduce((total, one) => total + of(one), 0),
    )
  const past = balances.find(({ kind }) => kind === 'overage')
  return {
    featureKey,
    used: sum(({ consumed }) => consumed),
    reserved: sum(({ held }) => held),
    ...limitOf(balances),
    beside: limitOf(balances.filter(({ kind }) => kind !== 'allowance')).limit,
    overage: past ? { used: past.consumed + past.held, limit: past.granted } : null,
    windowStart: cadence === 'never' ? null : window.start,
    resetsAt: window.end,
  }
}
