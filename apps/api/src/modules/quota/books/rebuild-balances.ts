import type { EntityManager } from '@mikro-orm/postgresql'
import { ledgerSums } from './ledger-sums.ts'

/**
 * Sets every balance of a tenant to what the ledger adds up to, in the caller's transaction, under the balances' locks. What is right is
 * not touched. A balance that is missing altogether is not made: its window is not in the ledger.
 * @returns how many were changed
 */
export async function rebuildBalances(em: EntityManager, tenantId: string, now: Date): Promise<number> {
  await em.execute('select 1 from balance where tenant_id = ? order by tenant_id, feature_key, window_start, origin for update', [
    tenantId,
  ])
  const changed = await em.execute<object[]>(
    `with scope as materialized (select tenant_id, feature_key from entitlement where tenant_id = ?),
     ledger as (${ledgerSums})
     update balance b set granted = case when l.consumed is null then 0 else l.granted end, consumed = coalesce(l.consumed, 0),
       reserved = coalesce(l.reserved, 0), updated_at = ?
     from balance o left join ledger l using (tenant_id, feature_key, window_start, origin)
     where o.tenant_id = ? and b.tenant_id = o.tenant_id and b.feature_key = o.feature_key and b.window_start = o.window_start
       and b.origin = o.origin and (b.granted, b.consumed, b.reserved) is distinct from
         (case when l.consumed is null then 0 else l.granted end, coalesce(l.consumed, 0), coalesce(l.reserved, 0))
     returning b.feature_key`,
    [tenantId, now, tenantId],
  )
  return changed.length
}
