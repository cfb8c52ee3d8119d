import type { Aggregation, Cadence, FailurePolicy, FeatureKind, RateLimitView } from '@tollkeeper/shared'
import type pg from 'pg'
import { FreshCache } from '../../kernel/fresh-cache.ts'
import { perNode } from '../../kernel/per-node.ts'
import type { Services } from '../../kernel/services.ts'

export interface CatalogFeature {
  key: string
  name: string
  kind: FeatureKind
  unit: string
  aggregation: Aggregation
  /** The credit system it is paid from, and so many credits for so many of its units; null: it has a balance of its own. */
  credits: { featureKey: string; units: number; per: number } | null
  /** How long ago usage may have happened and still be reported. */
  lateSeconds: number
  /** How far the reporter's clock may be ahead of ours. */
  futureSeconds: number
  /** Nodes may take its units ahead and give them out from memory. */
  leased: boolean
  failurePolicy: FailurePolicy
}

export interface CatalogEntitlement {
  featureKey: string
  /** In the feature's unit; null: unlimited. */
  limit: number | null
  cadence: Cadence
  /** Units that may be used past the limit: 0 none, null any number. */
  overage: number | null
  overagePriceMinor: number | null
  overagePricePer: number | null
  rollover: number
  rates: readonly RateLimitView[]
}

export interface CatalogPlan {
  key: string
  name: string
  description: string
  rank: number
  isDefault: boolean
  selfService: boolean
  liveVersionId: string
  /** Per month, in the currency's smallest unit; null: by agreement. */
  priceMinor: number | null
  currency: string | null
  /** Of the live version, in the order of the features. */
  entitlements: readonly CatalogEntitlement[]
}

/** The catalog as it stands: features in their order, plans from the smallest, each with its live version. */
export interface Catalog {
  features: ReadonlyMap<string, CatalogFeature>
  plans: readonly CatalogPlan[]
}

const WHOLE = 'catalog'
const catalogCache = perNode(({ changes, pool }) =>
  new FreshCache({ changes, capacity: 1, load: () => readCatalog(pool) }).forgetOn('catalog', () => null),
)

type Node = Pick<Services, 'changes' | 'pool' | 'clock' | 'logger'>

/** The catalog, from memory where the change feed allows it. */
export function catalogOf(services: Node): Promise<Catalog> {
  return catalogCache(services).get(WHOLE)
}

/** The same without waiting; undefined when it has to be read. */
export function rememberedCatalog(services: Node): Catalog | undefined {
  return catalogCache(services).peek(WHOLE)
}

async function readCatalog(pool: pg.Pool): Promise<Catalog> {
  const { rows } = await pool.query<{ features: CatalogFeature[]; plans: CatalogPlan[] }>(
    `select
       (select coalesce(json_agg(json_build_object('key', key, 'name', name, 'kind', kind, 'unit', unit,
            'aggregation', aggregation, 'lateSeconds', late_seconds, 'futureSeconds', future_seconds, 'leased', leased,
            'credits', case when credit_feature_key is not null then
              json_build_object('featureKey', credit_feature_key, 'units', credit_units, 'per', credit_per) end, 'failurePolicy', failure_policy) order by position, key), '[]')
          from feature) as features,
       (select coalesce(json_agg(json_build_object(
            'key', p.key, 'name', p.name, 'description', p.description, 'rank', p.rank, 'isDefault', p.is_default,
            'selfService', p.self_service, 'liveVersionId', p.live_version_id, 'priceMinor', v.price_minor, 'currency', v.currency,
            'entitlements', (select coalesce(json_agg(json_build_object(
                'featureKey', e.feature_key, 'limit', e.limit_units, 'cadence', e.cadence,
                'overage', e.overage_units, 'overagePriceMinor', e.overage_price_minor, 'overagePricePer', e.overage_price_per,
                'rollover', e.rollover_units, 'rates', e.rates) order by f.position, f.key), '[]')
              from plan_entitlement e join feature f on f.key = e.feature_key where e.plan_version_id = v.id)
          ) order by p.rank, p.key), '[]')
          from plan p join plan_version v on v.id = p.live_version_id) as plans`,
  )
  const { features, plans } = rows[0]!
  return { features: new Map(features.map((feature) => [feature.key, feature])), plans }
}
