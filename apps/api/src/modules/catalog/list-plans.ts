import type { PlanView } from '@tollkeeper/shared'
import type { RequestContext } from '../../kernel/context.ts'
import { catalogOf } from './catalog.ts'
import { toPlanView } from './view.ts'

/** Every plan, from the smallest, with what its live version allows. */
export async function listPlans({ services }: RequestContext): Promise<{ plans: PlanView[] }> {
  const catalog = await catalogOf(services)
  return { plans: catalog.plans.map((plan) => toPlanView(plan, catalog)) }
}
