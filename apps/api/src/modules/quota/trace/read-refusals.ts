import type { EntityManager } from '@mikro-orm/postgresql'
import type { RejectedEvent } from '@tollkeeper/shared'

/** What the tenant's refused events were refused for, the latest first. */
export async function readRefusals(
  em: EntityManager,
  tenantId: string,
  { id, before, limit }: { id?: string; before?: { lastAt: string; id: string; code: string } | null; limit: number },
): Promise<RejectedEvent[]> {
  const rows = await em.execute<RejectedEvent[]>(
    `select event_id as id, code, field, feature_key as feature, amount::float8 as amount, happened_at as at, caller_id as caller,
       first_at as "firstAt", last_at as "lastAt", times
     from usage_rejection where tenant_id = ? ${id === undefined ? '' : 'and event_id = ?'}
       ${before ? 'and (last_at, event_id, code) < (?, ?, ?)' : ''}
     order by last_at desc, event_id desc, code desc limit ?`,
    [tenantId, ...(id === undefined ? [] : [id]), ...(before ? [new Date(before.lastAt), before.id, before.code] : []), limit],
  )
  return rows.map((row) => ({
    ...row,
    at: row.at === null ? null : new Date(row.at).toISOString(),
    firstAt: new Date(row.firstAt).toISOString(),
    lastAt: new Date(row.lastAt).toISOString(),
  }))
}
