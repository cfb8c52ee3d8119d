import type { OperatorFeature, OperatorPlan, WholeCatalog } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import { type CatalogEntitlement, type CatalogFeature, catalogOf } from './catalog.ts'
import { toEntitlementView, toFeatureView } from './view.ts'

interface VersionRow {
  planKey: string
  id: string
  number: number
  priceMinor: number | null
  currency: string | null
  publishedAt: string
  tenants: number
  entitlements: CatalogEntitlement[]
}

/** Every feature with how it is counted, and every plan with the versions it had, the newest first, and for how many each is in force. */
export async function readWholeCatalog({ services }: UserContext): Promise<WholeCatalog> {
  const catalog = await catalogOf(services)
  const versions = await inSystem(services, (em) =>
    em.execute<VersionRow[]>(
      `select v.plan_key as "planKey", v.id, v.number, v.price_minor::float8 as "priceMinor", v.currency, v.published_at as "publishedAt",
         coalesce(f.tenants, 0)::int as tenants,
         (select coalesce(json_agg(json_build_object(
             'featureKey', e.feature_key, 'limit', e.limit_units, 'cadence', e.cadence, 'overage', e.overage_units,
             'overagePriceMinor', e.overage_price_minor, 'overagePricePer', e.overage_price_per,
             'rollover', e.rollover_units, 'rates', e.rates) order by t.position, t.key), '[]')
            from plan_entitlement e join feature t on t.key = e.feature_key where e.plan_version_id = v.id) as entitlements
       from plan_version v
       left join (select plan_version_id, count(distinct tenant_id) as tenants from entitlement group by 1) f on f.plan_version_id = v.id
       order by v.plan_key, v.number desc`,
    ),
  )
  return {
    features: [...catalog.features.values()].map(toOperatorFeature),
    plans: catalog.plans.map(
      ({ key, name, description, rank, isDefault, selfService, liveVersionId }): OperatorPlan => ({
        key,
        name,
        description,
        rank,
        isDefault,
        selfService,
        versions: versions
          .filter(({ planKey }) => planKey === key)
          .map(({ id, number, priceMinor, currency, publishedAt, tenants, entitlements }) => ({
            id,
            number,
            live: id === liveVersionId,
            price: priceMinor === null || currency === null ? null : { amountMinor: priceMinor, currency },
            publishedAt: new Date(publishedAt).toISOString(),
            tenants,
            entitlements: entitlements.map((entitlement) => toEntitlementView(entitlement, { currency }, catalog.features)),
          })),
      }),
    ),
  }
}

function toOperatorFeature(feature: CatalogFeature): OperatorFeature {
  const { aggregation, credits, lateSeconds, futureSeconds } = feature
  return {
    ...toFeatureView(feature),
    aggregation,
    credits: credits && { feature: credits.featureKey, units: credits.units, per: credits.per },
    lateSeconds,
    futureSeconds,
  }
}
