import type { CurrentUsage, FeatureUsage } from '@tollkeeper/shared'
import type { BalanceFact } from '../../kernel/ports/quota-engine.ts'
import type { Services } from '../../kernel/services.ts'
import { type CatalogFeature, catalogOf } from '../catalog/index.ts'
import { isMeasured } from './decision/measure-of.ts'
import { countMembers, SEATS } from './decision/seats.ts'
import { readFacts, type TenantFacts } from './tenant-facts.ts'

/** Use and limit of every feature of a tenant, as committed. Seats are its members. */
export async function usageOf(services: Services, tenantId: string): Promise<CurrentUsage> {
  const asOf = services.clock.now()
  const { features } = await catalogOf(services)
  const facts = await readFacts(services.pool, tenantId)
  const present = [...features.values()].filter(({ key }) => facts.entitlements.has(key))
  const measured = present
    .filter((feature) => isMeasured(feature) && feature.key !== SEATS && feature.credits === null)
    .map(({ key }) => facts.entitlements.get(key)!)
  const balances = new Map((await services.quota.balances(tenantId, measured)).map((balance) => [balance.featureKey, balance]))
  const members = await countMembers(services, tenantId)
  return {
    tenantId,
    plan: facts.planKey ?? '',
    asOf: asOf.toISOString(),
    features: present.map((feature) =>
      toFeatureUsage(feature, facts, balances.get(feature.key), feature.key === SEATS ? members : 0),
    ),
  }
}

function toFeatureUsage(
  { key, name, kind, unit }: CatalogFeature,
  { entitlements }: TenantFacts,
  balance: BalanceFact | undefined,
  held: number,
): FeatureUsage {
  const { limit, cadence } = entitlements.get(key)!
  return {
    feature: key,
    name,
    kind,
    unit,
    used: balance ? balance.used : held,
    reserved: balance?.reserved ?? 0,
    limit: together(limit, balance ? balance.beside : 0),
    remaining: balance ? balance.remaining : limit === null ? null : Math.max(0, limit - held),
    cadence,
    windowStart: balance?.windowStart?.toISOString() ?? null,
    resetsAt: balance?.resetsAt?.toISOString() ?? null,
    ...(balance?.overage ? { overage: balance.overage } : {}),
  }
}

/** What the plan allows and what is granted beside it; null: no limit. */
function together(limit: number | null, beside: number | null): number | null {
  return limit === null || beside === null ? null : limit + beside
}
