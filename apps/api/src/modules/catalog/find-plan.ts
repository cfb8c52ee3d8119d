import { AppError } from '../../kernel/app-error.ts'
import type { Services } from '../../kernel/services.ts'
import { type CatalogPlan, catalogOf } from './catalog.ts'

/** @throws AppError catalog.plan_unknown */
export async function findPlan(services: Services, key: string): Promise<CatalogPlan> {
  const plan = (await catalogOf(services)).plans.find((candidate) => candidate.key === key)
  if (!plan) throw new AppError('catalog.plan_unknown')
  return plan
}

/** The plan in force for a tenant that has no subscription. */
export async function defaultPlan(services: Services): Promise<CatalogPlan> {
  const plan = (await catalogOf(services)).plans.find(({ isDefault }) => isDefault)
  if (!plan) throw new Error('The catalog has no default plan: mark one plan as the default.')
  return plan
}
