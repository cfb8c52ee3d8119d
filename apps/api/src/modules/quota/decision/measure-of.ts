import type { EntitlementFact, Measure } from '../../../kernel/ports/quota-engine.ts'
import type { CatalogFeature } from '../../catalog/index.ts'
import type { TenantFacts } from '../tenant-facts.ts'

/** What a feature's use is taken from: its own entitlement, or that of the credit system it is paid from. */
export function balanceEntitlement({ entitlements }: TenantFacts, feature: CatalogFeature): EntitlementFact | undefined {
  return entitlements.get(feature.credits?.featureKey ?? feature.key)
}

/** Whether there can be any of it: up to a limit, past it, or of what was given beside it. */
export function isOffered(entitlement: EntitlementFact | undefined): entitlement is EntitlementFact {
  if (entitlement === undefined) return false
  return entitlement.limit !== 0 || entitlement.overage !== undefined || entitlement.granted === true
}

/** How requests for a feature are measured; undefined where they are simply added up. */
export function measureOf({ key, aggregation, credits }: CatalogFeature): Measure | undefined {
  return aggregation === 'sum' && credits === null ? undefined : { featureKey: key, aggregation, rate: credits }
}

/** Whether there is a balance of it, so that what is left depends on what was used. */
export function isMeasured({ kind }: CatalogFeature): boolean {
  return kind === 'metered' || kind === 'gauge' || kind === 'credit_system'
}

/** Whether a decision counts it: a gauge is held and given back by calls of its own. */
export function isCounted({ kind }: CatalogFeature): boolean {
  return kind === 'metered' || kind === 'credit_system'
}

/** Only amounts that are added up can be held: of a largest or a last value nobody else takes a part. */
export function canBeHeld({ aggregation }: CatalogFeature): boolean {
  return aggregation === 'sum' || aggregation === 'count'
}
