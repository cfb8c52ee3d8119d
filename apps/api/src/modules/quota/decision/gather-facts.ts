import type { CheckInput } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'
import { type Catalog, catalogOf } from '../../catalog/index.ts'
import { readFacts } from '../tenant-facts.ts'
import { factsToDecide, findFeature } from './decide.ts'
import type { DecisionFacts, Subject } from './facts.ts'
import { isMeasured } from './measure-of.ts'
import { roomOf } from './room-of.ts'

/**
 * The facts of a question that consumes nothing, read from the database with what is left now.
 * @throws AppError catalog.feature_unknown, quota.resource_missing, input.invalid
 */
export async function gatherFacts(
  services: Services,
  subject: Subject,
  input: CheckInput,
): Promise<{ facts: DecisionFacts; catalog: Catalog }> {
  const catalog = await catalogOf(services)
  const feature = findFeature(catalog, input.feature)
  const tenant = await readFacts(services.pool, subject.tenantId)
  const facts = factsToDecide(services, subject, tenant, catalog, input)
  return { facts: { ...facts, room: isMeasured(feature) ? await roomOf(services, facts, input) : null }, catalog }
}
