import type { OverrideView } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'

type OverrideRow = Omit<OverrideView, 'endsAt' | 'createdAt'> & { endsAt: Date | null; createdAt: Date }

/** The limits that hold for a tenant in place of its plan's, each with what the plan says. One that has come to its end is none. */
export async function listOverrides({ pool, clock }: Services, tenantId: string): Promise<{ overrides: OverrideView[] }> {
  const { rows } = await pool.query<OverrideRow>({
    name: 'list-overrides',
    text: `select o.feature_key as feature, o.limit_units::float8 as "limit",
        case when p.feature_key is null then 0 else p.limit_units::float8 end as "planLimit",
        o.reason, o.ends_at as "endsAt", o.created_by as "createdBy", o.created_at as "createdAt"
      from entitlement_override o
      left join plan_entitlement p on p.feature_key = o.feature_key
        and p.plan_version_id = (select e.plan_version_id from entitlement e where e.tenant_id = o.tenant_id limit 1)
      where o.tenant_id = $1 and (o.ends_at is null or o.ends_at > $2) order by o.feature_key`,
    values: [tenantId, clock.now()],
  })
  return {
    overrides: rows.map((row) => ({
      ...row,
      endsAt: row.endsAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    })),
  }
}
