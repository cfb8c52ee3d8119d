import type { ClientBase } from 'pg'
import type { PoolKey } from './lock-pools.ts'
import { LAST } from './most-units.ts'
import { windowOf } from './window-of.ts'

interface Opened {
  /** The most units that are carried over. */
  rollover: number
  limit: number | null
  overage: number | null
  /** Since when the tenant has had this entitlement as it is. */
  since: Date | string
}

/**
 * Carries unused units of the window before into one that is being opened. They are moved, not copied: what the older window then
 * grants is less by as much, so usage that is reported late cannot use them a second time. What is held there is not carried.
 *
 * A window in which nobody asked was never opened; it is opened here, for a tenant that was entitled to it then.
 */
export async function rollOver(
  client: ClientBase,
  key: PoolKey,
  { rollover, limit, overage, since }: Opened,
  now: Date,
): Promise<void> {
  const { tenantId, featureKey, cadence, window, windows } = key
  if (window.end === null) return
  const before = windowOf(cadence, window.start.getTime() - 1, windows)
  const name = [tenantId, featureKey, before.startText]
  if (limit !== null && new Date(since) <= before.start) {
    await client.query({
      name: 'open-window-before',
      text: `with opened as (
          insert into balance (tenant_id, feature_key, window_start, window_end, granted, opened_at, updated_at) values ($1, $2, $3, $4, $5, $3, $6)
          on conflict (tenant_id, feature_key, window_start, origin) do nothing returning origin, granted),
        past_the_limit as (
          insert into balance (tenant_id, feature_key, window_start, window_end, origin, kind, granted, priority, opened_at, updated_at)
          select $1, $2, $3, $4, 'overage', 'overage', $7, ${LAST}, $3, $6 from opened where $7::int8 is distinct from 0
          on conflict (tenant_id, feature_key, window_start, origin) do nothing returning origin, granted)
        insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, at)
        select $1, $2, $3, origin, 'grant', granted, $6 from (table opened union all table past_the_limit) as o`,
      values: [...name, before.end, limit, now, overage],
    })
  }
  await client.query({ ...moveUnused, values: [...name, window.startText, window.end, rollover, now] })
}

const moveUnused = {
  name: 'roll-over',
  text: `with before as materialized (
      select least($6::int8, granted - consumed - reserved - leased) as units from balance
      where tenant_id = $1 and feature_key = $2 and window_start = $3 and origin = 'plan' and granted is not null and not closed for update
    ),
    moved as (
      insert into balance (tenant_id, feature_key, window_start, window_end, origin, kind, granted, priority, opened_at, updated_at)
      select $1, $2, $4::timestamptz, $5::timestamptz, 'rollover', 'rollover', units, -1, $4, $7 from before where units > 0
      on conflict (tenant_id, feature_key, window_start, origin) do nothing
      returning granted as units
    ),
    taken as (
      update balance set granted = granted - m.units, updated_at = $7 from moved m
      where tenant_id = $1 and feature_key = $2 and window_start = $3 and origin = 'plan'
    )
    insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, at)
    select $1, $2, e.window_start, e.origin, 'grant', e.units, $7
    from moved m cross join lateral (values ($3::timestamptz, 'plan', -m.units), ($4::timestamptz, 'rollover', m.units)) as e(window_start, origin, units)`,
}
