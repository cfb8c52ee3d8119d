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
 * What each tenant may use of each counted feature now, whatever it comes from, in the window of its plan. Features whose units are
 * held and given back, such as seats, are full as a rule, and no news; nor is what is paid for past the limit. Takes the present
 * twice.
 */
export const liveQuotas = `
  select b.tenant_id, b.feature_key, f.name, sum(b.consumed) as consumed, sum(b.granted) as granted,
         coalesce(max(b.window_start) filter (where b.kind = 'allowance'), min(b.window_start)) as window_start,
         max(b.window_end) filter (where b.kind = 'allowance') as window_end
  from balance b join feature f on f.key = b.feature_key and f.kind = 'metered'
  where (b.window_end > ? or b.window_end is null) and b.window_start <= ?
    and b.kind in ('allowance', 'rollover', 'grant') and not b.closed
  group by b.tenant_id, b.feature_key, f.name
  having sum(b.granted) > 0 and bool_and(b.granted is not null)`

/** Quotas that are 80 % used or more, whose tenants have not been told of that much. */
export async function fullQuotas(em: EntityManager, now: Date): Promise<FullQuota[]> {
  const rows = await em.execute<FullRow[]>(
    `select q.*, case when q.consumed >= q.granted then 100 else 80 end as percent from (${liveQuotas}) q
     where q.consumed * 100 >= q.granted * 80 and not exists (
       select from quota_notice n
       where n.tenant_id = q.tenant_id and n.feature_key = q.feature_key and n.window_start = q.window_start
         and n.percent >= case when q.consumed >= q.granted then 100 else 80 end)
     order by q.tenant_id, q.feature_key limit ${AT_ONCE}`,
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
