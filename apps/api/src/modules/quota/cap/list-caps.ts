import type { UsageCaps } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'

/** The caps of a tenant, with what the holder of each has used in the present window of the feature. */
export async function listCaps({ services, tenantId }: Pick<TenantContext, 'services' | 'tenantId'>): Promise<UsageCaps> {
  const { rows: caps } = await services.pool.query<UsageCaps['caps'][number]>({
    name: 'list-caps',
    text: `select c.feature_key as feature, c.holder, c.limit_units::float8 as "limit", coalesce((
        select sum(b.consumed + b.reserved + b.leased) from balance b where b.tenant_id = c.tenant_id and b.feature_key = c.feature_key
          and b.kind = 'cap' and b.origin = c.holder and b.window_start <= $2 and coalesce(b.window_end, 'infinity'::timestamptz) > $2), 0)::float8 as used
      from usage_cap c where c.tenant_id = $1 order by c.feature_key, c.holder`,
    values: [tenantId, services.clock.now()],
  })
  const { rows: spend } = await services.pool.query<UsageCaps['spend'][number]>({
    name: 'list-spend-caps',
    text: 'select feature_key as feature, amount_minor::float8 as "amountMinor" from spend_cap where tenant_id = $1 order by 1',
    values: [tenantId],
  })
  return { caps, spend }
}
