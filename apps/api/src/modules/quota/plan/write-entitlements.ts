import type { EntityManager } from '@mikro-orm/postgresql'
import type { PlanInForce } from '../apply-plan.ts'

/**
 * Writes what a tenant may use: what the plan says, or what an override says in its place; past the limit no more than the tenant is
 * ready to pay for. A feature the plan does not have keeps its row with a limit of zero: its balances hang on it.
 */
export async function writeEntitlements(em: EntityManager, plan: PlanInForce): Promise<void> {
  const { tenantId, planKey, planVersionId, source, anchorAt = null, now } = plan
  await em.execute('select 1 from entitlement where tenant_id = ? order by feature_key for no key update', [tenantId])
  const written = await em.execute<{ feature_key: string }[]>(
    `insert into entitlement as e (tenant_id, feature_key, limit_units, cadence, time_zone, anchor_at, overage_units, overage_price_minor,
       overage_price_per, rollover_units, priority, rates, plan_key, plan_version_id, source, updated_at)
     select t.id, p.feature_key, case when o.tenant_id is null then p.limit_units else o.limit_units end, p.cadence, p.time_zone,
       case when p.cadence = 'period' or p.anchor = 'subscription' then coalesce(?::timestamptz, t.created_at) end,
       case when s.amount_minor is null or coalesce(p.overage_price_minor, 0) = 0 then p.overage_units
         else least(p.overage_units, floor(s.amount_minor::numeric * p.overage_price_per / p.overage_price_minor)::int8) end,
       p.overage_price_minor, p.overage_price_per, p.rollover_units, p.priority, p.rates, ?, p.plan_version_id, ?, ?
     from plan_entitlement p
     join tenant t on t.id = ?
     left join entitlement_override o on o.tenant_id = t.id and o.feature_key = p.feature_key and (o.ends_at is null or o.ends_at > ?)
     left join spend_cap s on s.tenant_id = t.id and s.feature_key = p.feature_key
     where p.plan_version_id = ? order by p.feature_key
     on conflict (tenant_id, feature_key) do update set limit_units = excluded.limit_units, cadence = excluded.cadence,
       time_zone = excluded.time_zone, anchor_at = excluded.anchor_at, overage_units = excluded.overage_units,
       overage_price_minor = excluded.overage_price_minor, overage_price_per = excluded.overage_price_per,
       rollover_units = excluded.rollover_units, priority = excluded.priority, rates = excluded.rates,
       plan_key = excluded.plan_key, plan_version_id = excluded.plan_version_id, source = excluded.source, updated_at = excluded.updated_at
     returning feature_key`,
    [anchorAt, planKey, source, now, tenantId, now, planVersionId],
  )
  if (written.length === 0) throw new Error(`The plan version ${planVersionId} allows nothing, so it cannot be put in force.`)
  await em.execute(
    `update entitlement e set
       limit_units = coalesce((select o.limit_units from entitlement_override o
         where o.tenant_id = e.tenant_id and o.feature_key = e.feature_key and (o.ends_at is null or o.ends_at > ?)), 0),
       overage_units = 0, rollover_units = 0, rates = '[]', plan_key = ?, plan_version_id = ?, source = ?, updated_at = ?
     where tenant_id = ? and feature_key not in (select feature_key from plan_entitlement where plan_version_id = ?)`,
    [now, planKey, planVersionId, source, now, tenantId, planVersionId],
  )
}
