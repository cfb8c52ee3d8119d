import type { EntitlementView, FeatureView, PlanView } from '@tollkeeper/shared'
import type { Catalog, CatalogEntitlement, CatalogFeature, CatalogPlan } from './catalog.ts'

export function toPlanView(plan: CatalogPlan, { features }: Catalog): PlanView {
  const { key, name, description, rank, selfService, priceMinor, currency } = plan
  return {
    key,
    name,
    description,
    price: priceMinor === null || currency === null ? null : { amountMinor: priceMinor, currency },
    rank,
    selfService,
    entitlements: plan.entitlements.map((entitlement) => toEntitlementView(entitlement, plan, features)),
  }
}

/** What a plan allows of one feature; its price is in the currency of the plan. */
export function toEntitlementView(
  { featureKey, limit, cadence, overage, overagePriceMinor, overagePricePer, rollover, rates }: CatalogEntitlement,
  { currency }: Pick<CatalogPlan, 'currency'>,
  features: Catalog['features'],
): EntitlementView {
  const { name, kind, unit } = features.get(featureKey)!
  const isPriced = overagePriceMinor !== null && overagePricePer !== null && currency !== null
  return {
    feature: featureKey,
    name,
    kind,
    unit,
    limit,
    cadence,
    ...(overage === 0 ? {} : { overage }),
    ...(isPriced ? { overagePrice: { amountMinor: overagePriceMinor, currency, per: overagePricePer } } : {}),
    ...(rollover === 0 ? {} : { rollover }),
    ...(rates.length === 0 ? {} : { rates: [...rates] }),
  }
}

type Told = Pick<CatalogFeature, 'key' | 'name' | 'kind' | 'unit' | 'failurePolicy' | 'leased'>

export function toFeatureView({ key, name, kind, unit, failurePolicy, leased }: Told): FeatureView {
  return { feature: key, name, kind, unit, failurePolicy, leased }
}
