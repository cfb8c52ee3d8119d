import type { EntityManager } from '@mikro-orm/postgresql'
import { Feature, Plan, PlanEntitlement, PlanVersion } from '@tollkeeper/db'
import { announceChange } from '../../kernel/change-feed.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import type { Services } from '../../kernel/services.ts'
import { startingCadences, startingCurrency, startingFeatures, startingPlans } from './starting-catalog.ts'

/**
 * Gives a new installation a catalog to start from. Features and plans that are there already are left as they are, so it
 * can run at every start, on every node.
 */
export async function seedCatalog(services: Services): Promise<void> {
  await inSystemTransaction(services, async ({ em, now }) => {
    await em.execute(`select pg_advisory_xact_lock(hashtextextended('seed the catalog', 0))`)
    const added = (await addFeatures(em, now)) + (await addPlans(em, now))
    if (added > 0) announceChange(em, 'catalog', 'seed')
  })
}

async function addFeatures(em: EntityManager, createdAt: Date): Promise<number> {
  const known = new Set((await em.find(Feature, {})).map(({ key }) => key))
  const missing = startingFeatures.filter(({ key }) => !known.has(key))
  for (const feature of missing) em.create(Feature, { ...feature, position: startingFeatures.indexOf(feature), createdAt })
  await em.flush()
  return missing.length
}

async function addPlans(em: EntityManager, now: Date): Promise<number> {
  const known = new Set((await em.find(Plan, {})).map(({ key }) => key))
  const hasDefault = (await em.count(Plan, { isDefault: true })) > 0
  const missing = startingPlans.filter(({ key }) => !known.has(key))
  for (const { limits, priceMinor, ...plan } of missing) {
    const versionId = newId('planVersion', now.getTime())
    em.create(Plan, { ...plan, isDefault: plan.isDefault && !hasDefault, liveVersionId: versionId, createdAt: now })
    await em.flush()
    const currency = priceMinor === null ? null : startingCurrency
    em.create(PlanVersion, { id: versionId, planKey: plan.key, number: 1, priceMinor, currency, publishedAt: now })
    await em.flush()
    for (const [featureKey, limit] of Object.entries(limits)) {
      em.create(PlanEntitlement, { planVersionId: versionId, featureKey, limit, cadence: startingCadences[featureKey]! })
    }
    await em.flush()
  }
  return missing.length
}
