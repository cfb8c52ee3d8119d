import type { EntityManager } from '@mikro-orm/postgresql'

/** A quota of which so much is used that its tenant has to know. */
export interface FullQuota {
  tenantId: string
  featureKey: string
  /** As the catalog names it. */
  feature: string
  windowStart: Date
  windowEnd: Date | null
  /** Of the limit: what was passed. */
  percent: 80 | 100
  used: number
  limit: number
}

interface FullRow {
  tenant_id: string
  feature_key: string
  name: string
  window_start: Date | string
  window_end: Date | string | null
  percent: 80 | 100
  consumed: string | number
  granted: string | number
}

const AT_ONCE = 500

/**
 * Counted quotas of windows that run now, 80 % used or more, whose tenants have not been told of that much. Features whose units
 * are held and given back, such as seats, are full as a rule, and no news.
 */
export async function fullQuotas(em: EntityManager, now: Date): Promise<FullQuota[]> {
  const rows = await em.execute<FullRow[]>(
    `select b.tenant_id, b.feature_key, f.name, b.window_start, b.window_end, b.consumed, b.granted,
            case when b.consumed >= b.granted then 100 else 80 end as percent
     from balance b join feature f on f.key = b.feature_key and f.kind = 'metered'
     where (b.window_end > ? or b.window_end is null) and b.window_start <= ? and b.granted > 0 and b.consumed * 100 >= b.granted * 80
       and not exists (
         select from quota_notice n
         where n.tenant_id = b.tenant_id and n.feature_key = b.feature_key and n.window_start = b.window_start
           and n.percent >= case when b.consumed >= b.granted then 100 else 80 end)
     order by b.tenant_id, b.feature_key limit ${AT_ONCE}`,
    [now, now],
  )
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    featureKey: row.feature_key,
    feature: row.name,
    windowStart: new Date(row.window_start),
    windowEnd: row.window_end === null ? null : new Date(row.window_end),
    percent: row.percent,
    used: Number(row.consumed),
    limit: Number(row.granted),
  }))
}
