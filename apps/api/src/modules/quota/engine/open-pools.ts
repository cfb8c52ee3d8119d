import type { ClientBase } from 'pg'
import { plainArray, textArray } from './array-literal.ts'
import type { PoolKey } from './lock-pools.ts'
import { LAST } from './most-units.ts'
import { rollOver } from './roll-over.ts'

/**
 * Opens the plan's balances that are not there yet: its allowance, what may be used past it, what rolls over into it, and the caps of
 * those who ask. Each entitlement is held shared, so a plan that changes at the same time either comes first or sees these balances.
 */
export async function openPools(client: ClientBase, keys: readonly PoolKey[], now: Date): Promise<void> {
  await client.query({ ...lockEntitlements, values: namesOf(keys).slice(0, 2) })
  const { rows } = await client.query<{
    n: number
    rollover: number
    limit: number | null
    overage: number | null
    since: Date | string
  }>({
    ...openMissing,
    values: [...namesOf(keys), ...rulesOf(keys), now],
  })
  for (const { n, ...opened } of rows) if (opened.rollover > 0) await rollOver(client, keys[n - 1]!, opened, now)
  await openCaps(client, keys, now)
}

function namesOf(keys: readonly PoolKey[]): string[] {
  return [
    textArray(keys.map(({ tenantId }) => tenantId)),
    textArray(keys.map(({ featureKey }) => featureKey)),
    textArray(keys.map(({ window }) => window.startText)),
  ]
}

function rulesOf(keys: readonly PoolKey[]): string[] {
  return [
    textArray(keys.map(({ window }) => window.end?.toISOString() ?? null)),
    textArray(keys.map(({ cadence }) => cadence)),
    textArray(keys.map(({ windows }) => windows?.timeZone ?? 'UTC')),
    textArray(keys.map(({ windows }) => (windows?.anchorAt == null ? null : new Date(windows.anchorAt).toISOString()))),
  ]
}

/** A statement of its own: what was granted while it waited for the locks must be seen by the one that opens. */
const lockEntitlements = {
  name: 'lock-entitlements',
  text: `select from (select distinct * from unnest($1::text[], $2::text[]) as w(tenant_id, feature_key)) w
    join entitlement e on e.tenant_id = any (array[w.tenant_id]) and e.feature_key = w.feature_key
    order by w.tenant_id, w.feature_key for share of e`,
}

/**
 * A balance that was closed because its cadence was left is opened again when that cadence comes back. The known units of a balance's
 * grants always add up to what is granted, so an unlimited one first takes back what was granted before.
 */
const openMissing = {
  name: 'open-pools',
  text: `with missing as materialized (
      select w.*, e.limit_units, e.overage_units, e.rollover_units, e.priority, e.updated_at as since
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::timestamptz[]) with ordinality
        as w(tenant_id, feature_key, window_start, window_end, cadence, time_zone, anchor_at, n)
      join entitlement e on e.tenant_id = any (array[w.tenant_id]) and e.feature_key = w.feature_key and e.cadence = w.cadence
        and e.time_zone = w.time_zone and e.anchor_at is not distinct from w.anchor_at
      where not exists (select from balance b where b.tenant_id = w.tenant_id and b.feature_key = w.feature_key
        and b.window_start = w.window_start and b.origin = 'plan' and not b.closed)
    ),
    opened as (
      insert into balance as b (tenant_id, feature_key, window_start, window_end, granted, priority, opened_at, pooled, updated_at)
      select distinct on (tenant_id, feature_key, window_start) tenant_id, feature_key, window_start, window_end, limit_units, priority, window_start,
        overage_units is distinct from 0 or rollover_units > 0 or exists (
          select from balance g where g.tenant_id = m.tenant_id and g.feature_key = m.feature_key and g.kind = 'grant'
            and coalesce(g.window_end, 'infinity'::timestamptz) > m.window_start and g.window_start < coalesce(m.window_end, 'infinity'::timestamptz)
            and (g.granted is null or g.granted > g.consumed)), $8
      from missing m order by tenant_id, feature_key, window_start
      on conflict (tenant_id, feature_key, window_start, origin) do update set closed = false, window_end = excluded.window_end,
        granted = case when excluded.granted is null then null else greatest(excluded.granted, b.consumed + b.reserved + b.leased) end,
        priority = excluded.priority, pooled = excluded.pooled, updated_at = excluded.updated_at
        where b.closed
      returning tenant_id, feature_key, window_start, granted, xmax <> 0 as reopened, consumed + reserved + leased as used
    ),
    entries as (
      insert into quota_entry (tenant_id, feature_key, window_start, kind, units, at)
      select o.tenant_id, o.feature_key, o.window_start, 'grant', e.units, $8
      from opened o cross join lateral (
        select -o.used as units where o.reopened and o.granted is null and o.used > 0
        union all select case when o.reopened then o.granted - o.used else o.granted end) e
      where not o.reopened or e.units is distinct from 0
    ),
    past_the_limit as (
      insert into balance as b (tenant_id, feature_key, window_start, window_end, origin, kind, granted, priority, opened_at, updated_at)
      select distinct on (tenant_id, feature_key, window_start) tenant_id, feature_key, window_start, window_end, 'overage', 'overage', overage_units, ${LAST}, window_start, $8
      from missing where overage_units is distinct from 0 order by tenant_id, feature_key, window_start
      on conflict (tenant_id, feature_key, window_start, origin) do nothing
      returning tenant_id, feature_key, window_start, granted
    ),
    entries_past_the_limit as (
      insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, at)
      select tenant_id, feature_key, window_start, 'overage', 'grant', granted, $8 from past_the_limit
    )
    select m.n::int as n, m.rollover_units::float8 as rollover, m.limit_units::float8 as "limit", m.overage_units::float8 as overage, m.since
    from missing m join opened using (tenant_id, feature_key, window_start)`,
}

async function openCaps(client: ClientBase, keys: readonly PoolKey[], now: Date): Promise<void> {
  const caps = keys.flatMap((key) => key.caps.map((cap) => ({ ...key, ...cap })))
  if (caps.length === 0) return
  await client.query({
    ...openMissingCaps,
    values: [
      ...namesOf(caps),
      textArray(caps.map(({ window }) => window.end?.toISOString() ?? null)),
      textArray(caps.map(({ holder }) => holder)),
      plainArray(caps.map(({ limit }) => limit)),
      now,
    ],
  })
}

/** A node's memory says whom a cap binds; how much it is says the database, whatever the node remembers. */
const openMissingCaps = {
  name: 'open-caps',
  text: `with opened as (
      insert into balance (tenant_id, feature_key, window_start, window_end, origin, kind, granted, opened_at, updated_at)
      select distinct c.tenant_id, c.feature_key, c.window_start, c.window_end, c.holder, 'cap', coalesce(own.limit_units, every.limit_units, c.units), c.window_start, $7::timestamptz
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::int8[])
        as c(tenant_id, feature_key, window_start, window_end, holder, units)
      join balance b on b.tenant_id = any (array[c.tenant_id]) and b.feature_key = c.feature_key and b.window_start = c.window_start
        and b.kind = 'allowance'
      left join usage_cap own on own.tenant_id = any (array[c.tenant_id]) and own.feature_key = c.feature_key and own.holder = c.holder
      left join usage_cap every on every.tenant_id = any (array[c.tenant_id]) and every.feature_key = c.feature_key
        and every.holder = case when c.holder like 'key\\_%' then 'each_key' else 'each_member' end
      order by 1, 2, 3, 5
      on conflict (tenant_id, feature_key, window_start, origin) do nothing
      returning tenant_id, feature_key, window_start, origin, granted
    )
    insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, at)
    select tenant_id, feature_key, window_start, origin, 'grant', granted, $7 from opened`,
}
