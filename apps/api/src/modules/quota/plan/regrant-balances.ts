import type { EntityManager } from '@mikro-orm/postgresql'
import type { Cadence } from '@tollkeeper/shared'
import { LAST } from '../engine/most-units.ts'
import { windowOf } from '../engine/window-of.ts'

interface OpenBalance {
  featureKey: string
  origin: 'plan' | 'overage'
  /** Milliseconds of the epoch, as is the end. */
  windowStart: number
  windowEnd: number | null
  granted: number | null
  used: number
  closed: boolean
  limit: number | null
  overage: number | null
  cadence: Cadence
  timeZone: string
  /** Milliseconds of the epoch. */
  anchorAt: number | null
}

interface Scope {
  tenantId: string
  /** Absent: all features. */
  featureKey?: string
  now: Date
}

/**
 * Grants, in every window that has not ended, what the tenant's entitlements say now. A window that their cadence does not know is
 * closed at what was used, so that nobody goes on counting in it. Grants, and what rolled over, stay as they are.
 */
export async function regrantBalances(em: EntityManager, { tenantId, featureKey, now }: Scope): Promise<void> {
  await openOverages(em, { tenantId, ...(featureKey === undefined ? {} : { featureKey }), now })
  const balances = await em.execute<OpenBalance[]>(
    `select b.feature_key as "featureKey", b.origin, b.closed,
       (extract(epoch from b.window_start) * 1000)::float8 as "windowStart", (extract(epoch from b.window_end) * 1000)::float8 as "windowEnd",
       b.granted::float8 as granted, (b.consumed + b.reserved + b.leased)::float8 as used, e.limit_units::float8 as "limit",
       e.overage_units::float8 as overage, e.cadence, e.time_zone as "timeZone", (extract(epoch from e.anchor_at) * 1000)::float8 as "anchorAt"
     from balance b join entitlement e using (tenant_id, feature_key)
     where b.tenant_id = ? and b.feature_key = coalesce(?, b.feature_key) and b.origin in ('plan', 'overage')
       and coalesce(b.window_end, 'infinity'::timestamptz) > ?
     order by b.tenant_id, b.feature_key, b.window_start, b.origin for update of b`,
    [tenantId, featureKey ?? null, now],
  )
  for (const balance of balances) {
    const { granted, closed } = grantNow(balance)
    if (granted === balance.granted && closed === balance.closed) continue
    const key = [tenantId, balance.featureKey, new Date(balance.windowStart), balance.origin]
    await em.execute(
      `update balance set granted = ?, closed = ?, updated_at = ?
       where tenant_id = ? and feature_key = ? and window_start = ? and origin = ?`,
      [granted, closed, now, ...key],
    )
    for (const units of grantEntries(balance.granted, granted)) {
      await em.execute(
        `insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, at) values (?, ?, ?, ?, 'grant', ?, ?)`,
        [...key, units, now],
      )
    }
  }
}

/**
 * A window that was opened when the limit was hard gets its room past it, if there is some now. Both kinds of balances are locked
 * together, in key order, as everybody locks them: who counts in a window takes its overage first. The plan's is written in any case,
 * so that who waits for it looks for the other.
 */
async function openOverages(em: EntityManager, { tenantId, featureKey, now }: Scope): Promise<void> {
  await em.execute(
    `with locked as materialized (
       select b.*, e.overage_units from balance b join entitlement e using (tenant_id, feature_key)
       where b.tenant_id = ? and b.feature_key = coalesce(?, b.feature_key) and b.origin in ('plan', 'overage')
         and coalesce(b.window_end, 'infinity'::timestamptz) > ?
       order by b.tenant_id, b.feature_key, b.window_start, b.origin for update of b
     ),
     present as (
       select * from locked where origin = 'plan' and not closed and overage_units is distinct from 0
     ),
     pooled as (
       update balance b set pooled = true from present p
       where b.tenant_id = p.tenant_id and b.feature_key = p.feature_key and b.window_start = p.window_start and b.origin = 'plan'
     )
     insert into balance (tenant_id, feature_key, window_start, window_end, origin, kind, granted, priority, opened_at, updated_at)
     select tenant_id, feature_key, window_start, window_end, 'overage', 'overage', 0, ${LAST}, window_start, ? from present
     on conflict (tenant_id, feature_key, window_start, origin) do nothing`,
    [tenantId, featureKey ?? null, now, now],
  )
}

function grantNow(balance: OpenBalance): { granted: number | null; closed: boolean } {
  const { origin, windowStart, windowEnd, used, cadence, timeZone, anchorAt } = balance
  const rule = timeZone === 'UTC' && anchorAt === null ? undefined : { timeZone, anchorAt }
  const { start, end } = windowOf(cadence, windowStart, rule)
  const isOfCadence = start.getTime() === windowStart && (end?.getTime() ?? null) === windowEnd
  if (!isOfCadence) return { granted: used, closed: true }
  const limit = origin === 'overage' ? balance.overage : balance.limit
  return { granted: limit === null ? null : Math.max(limit, used), closed: false }
}

/**
 * The ledger entries of a changed grant. The known units of a balance's grants always add up to what is granted: without a limit
 * to nothing, and an entry without units says that the limit was lifted.
 */
export function grantEntries(before: number | null, after: number | null): (number | null)[] {
  if (before === after) return []
  if (before === null) return [after]
  if (after === null) return before === 0 ? [null] : [-before, null]
  return [after - before]
}
