import type { EntityManager } from '@mikro-orm/postgresql'

/**
 * Brings the caps of windows that have not ended to what they now are: at least what was used, and without a limit where a holder is
 * capped no more. The feature's entitlement must be locked, so that no cap is opened with an older limit meanwhile.
 */
export async function recapBalances(
  em: EntityManager,
  { tenantId, featureKey, now }: { tenantId: string; featureKey: string; now: Date },
): Promise<void> {
  // a statement of its own: one that also writes would be held to the CHECK with what a row was before it waited for it
  await em.execute(
    `select 1 from balance where tenant_id = ? and feature_key = ? and kind = 'cap' and coalesce(window_end, 'infinity'::timestamptz) > ?
     order by window_start, origin for update`,
    [tenantId, featureKey, now],
  )
  await em.execute(
    `with present as materialized (
       select b.window_start, b.origin, b.granted as before, b.consumed + b.reserved + b.leased as used,
         coalesce(own.limit_units, every.limit_units) as "limit"
       from balance b
       left join usage_cap own on own.tenant_id = b.tenant_id and own.feature_key = b.feature_key and own.holder = b.origin
       left join usage_cap every on every.tenant_id = b.tenant_id and every.feature_key = b.feature_key
         and every.holder = case when b.origin like 'key\\_%' then 'each_key' else 'each_member' end
       where b.tenant_id = ? and b.feature_key = ? and b.kind = 'cap' and coalesce(b.window_end, 'infinity'::timestamptz) > ?
       order by b.window_start, b.origin for update of b
     ),
     changed as (
       update balance b set granted = greatest(p."limit", p.used), updated_at = ?
       from present p where b.tenant_id = ? and b.feature_key = ? and b.window_start = p.window_start and b.origin = p.origin
         and p."limit" is not null and greatest(p."limit", p.used) is distinct from p.before
       returning b.window_start, b.origin, b.granted, p.before
     )
     insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, at)
     select ?, ?, window_start, origin, 'grant', granted - coalesce(before, 0), ? from changed`,
    [tenantId, featureKey, now, now, tenantId, featureKey, tenantId, featureKey, now],
  )
}
