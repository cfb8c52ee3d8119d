import type { Cadence, RateLimitView, SubscriptionStatus, TenantView } from '@tollkeeper/shared'
import type pg from 'pg'
import { FreshCache } from '../../kernel/fresh-cache.ts'
import { Interned } from '../../kernel/interned.ts'
import { perNode } from '../../kernel/per-node.ts'
import type { EntitlementFact } from '../../kernel/ports/quota-engine.ts'
import type { Services } from '../../kernel/services.ts'

/** What a node remembers of a tenant to decide for it. */
export interface TenantFacts extends Terms {
  tenantId: string
  /** Null: there is no such tenant. */
  status: TenantView['status'] | null
  subscription: { id: string; status: SubscriptionStatus; pastDueAt: number | null } | null
}

/** What most tenants of a plan have alike. */
interface Terms {
  planKey: string | null
  planVersionId: string | null
  /** What put the plan in force: `default`, or the id of a subscription. */
  planSource: string | null
  entitlements: ReadonlyMap<string, EntitlementFact>
}

type Node = Pick<Services, 'changes' | 'pool' | 'clock' | 'logger'>

const MOST_TENANTS = 100_000
const interned = new Interned<Terms>(1_000)

const factsCache = perNode(({ changes, pool }) =>
  new FreshCache({ changes, capacity: MOST_TENANTS, load: (tenantId) => readFacts(pool, tenantId) })
    .forgetOn('tenant')
    .forgetOn('entitlement'),
)

/** The facts of a tenant, from memory where the change feed allows it. Whoever changes one announces `tenant` or `entitlement`. */
export function factsOf(services: Node, tenantId: string): Promise<TenantFacts> {
  return factsCache(services).get(tenantId)
}

/** The same without waiting; undefined when they have to be read. */
export function rememberedFacts(services: Node, tenantId: string): TenantFacts | undefined {
  return factsCache(services).peek(tenantId)
}

interface EntitlementRow {
  featureKey: string
  limit: number | null
  cadence: Cadence
  timeZone: string
  anchorAt: string | null
  overage: number | null
  rates: RateLimitView[]
  caps: Record<string, number> | null
  granted: boolean
  overridden: boolean
  planKey: string
  planVersionId: string
  source: string
}

/** Terms that are the usual ones are left out, so that a request can see at once that nothing else has to be looked at. */
function toEntitlement(row: EntitlementRow): EntitlementFact {
  const { featureKey, limit, cadence, timeZone, anchorAt, overage, rates, caps, granted, overridden } = row
  const isCalendar = timeZone === 'UTC' && anchorAt === null
  return {
    featureKey,
    limit,
    cadence,
    ...(isCalendar ? {} : { windows: { timeZone, anchorAt: anchorAt === null ? null : Date.parse(anchorAt) } }),
    ...(overage === 0 ? {} : { overage }),
    ...(rates.length === 0 ? {} : { rates }),
    ...(caps === null ? {} : { caps: new Map(Object.entries(caps)) }),
    ...(granted ? { granted } : {}),
    ...(overridden ? { overridden } : {}),
  }
}

/** The facts as they are in the database now. */
export async function readFacts(pool: pg.Pool, tenantId: string): Promise<TenantFacts> {
  const { rows } = await pool.query<{
    status: TenantView['status'] | null
    subscription: { id: string; status: SubscriptionStatus; pastDueAt: string | null } | null
    entitlements: string
  }>({
    name: 'tenant-facts',
    text: `select
        (select status from tenant where id = $1) as status,
        (select json_build_object('id', id, 'status', status, 'pastDueAt', past_due_at) from subscription
          where tenant_id = $1 and not superseded and status in ('trialing', 'active', 'past_due', 'unpaid', 'paused')) as subscription,
        (select coalesce(json_agg(json_build_object('featureKey', feature_key, 'limit', limit_units, 'cadence', cadence,
            'timeZone', time_zone, 'anchorAt', anchor_at, 'overage', overage_units, 'rates', rates,
            'caps', (select json_object_agg(holder, limit_units) from usage_cap c where c.tenant_id = e.tenant_id and c.feature_key = e.feature_key),
            'granted', exists (select from quota_grant g where g.tenant_id = e.tenant_id and g.feature_key = e.feature_key and g.voided_at is null),
            'overridden', exists (select from entitlement_override o where o.tenant_id = e.tenant_id and o.feature_key = e.feature_key),
            'planKey', plan_key, 'planVersionId', plan_version_id, 'source', source) order by feature_key), '[]')::text
          from entitlement e where tenant_id = $1) as entitlements`,
    values: [tenantId],
  })
  const { status, subscription, entitlements } = rows[0]!
  return {
    tenantId,
    status,
    ...interned.of(entitlements, () => toTerms(JSON.parse(entitlements))),
    subscription: subscription && {
      ...subscription,
      pastDueAt: subscription.pastDueAt === null ? null : Date.parse(subscription.pastDueAt),
    },
  }
}

function toTerms(entitlements: readonly EntitlementRow[]): Terms {
  const { planKey = null, planVersionId = null, source: planSource = null } = entitlements[0] ?? {}
  return {
    planKey,
    planVersionId,
    planSource,
    entitlements: new Map(entitlements.map((row) => [row.featureKey, toEntitlement(row)])),
  }
}
