import type { PlanView } from '@tollkeeper/shared'
import type { Catalog, CatalogPlan } from './catalog.ts'

export function toPlanView(plan: CatalogPlan, { features }: Catalog): PlanView {
  const { key, name, description, rank, selfService, priceMinor, currency } = plan
  return {
    key,
    name,
    description,
    price: priceMinor === null || currency === null ? null : { amountMinor: priceMinor, currency },
    rank,
    selfService,
    entitlements: plan.entitlements.map(({ featureKey, limit, cadence }) => {
      const feature = features.get(featureKey)!
      return { feature: featureKey, name: feature.name, kind: feature.kind, unit: feature.unit, limit, cadence }
    }),
  }
}
