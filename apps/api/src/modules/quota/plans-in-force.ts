import type { EntityManager } from '@mikro-orm/postgresql'

/** The key of the plan in force, by tenant id. A tenant without entitlements is left out. */
export async function plansInForce(em: EntityManager, tenantIds: readonly string[]): Promise<Map<string, string>> {
  if (tenantIds.length === 0) return new Map()
  const marks = tenantIds.map(() => '?').join(', ')
  const rows = await em.execute<{ tenant_id: string; plan_key: string }[]>(
    `select distinct tenant_id, plan_key from entitlement where tenant_id in (${marks})`,
    [...tenantIds],
  )
  return new Map(rows.map(({ tenant_id, plan_key }) => [tenant_id, plan_key]))
}
