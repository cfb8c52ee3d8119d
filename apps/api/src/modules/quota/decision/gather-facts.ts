import type { CheckInput } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'
import { type Catalog, catalogOf } from '../../catalog/index.ts'
import { readFacts } from '../tenant-facts.ts'
import { findFeature } from './decide.ts'
import type { DecisionFacts, Room, Subject } from './facts.ts'

/** The facts of a question that consumes nothing, read from the database with what is left now. @throws AppError catalog.feature_unknown */
export async function gatherFacts(
  services: Services,
  subject: Subject,
  { feature: featureKey, amount }: CheckInput,
): Promise<{ facts: DecisionFacts; catalog: Catalog }> {
  const catalog = await catalogOf(services)
  const feature = findFeature(catalog, featureKey)
  const tenant = await readFacts(services.pool, subject.tenantId)
  const entitlement = tenant.entitlements.get(featureKey)
  const [balance] = entitlement && feature.kind === 'metered' ? await services.quota.balances(subject.tenantId, [entitlement]) : []
  const room: Room | null = balance ? { ...balance, used: balance.used + balance.reserved } : null
  const userStatus = subject.caller.kind === 'user' ? 'active' : null
  return { facts: { subject, userStatus, tenant, feature, amount, room, now: services.clock.now().getTime() }, catalog }
}
