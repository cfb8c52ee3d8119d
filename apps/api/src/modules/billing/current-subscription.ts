import type { EntityManager } from '@mikro-orm/postgresql'
import { PlanVersion, Subscription } from '@tollkeeper/db'
import type { CurrentSubscription } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { inSystem, inTenant } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'
import { findPlan } from '../catalog/index.ts'
import { plansInForce } from '../quota/index.ts'
import { liveStatuses } from './projection/access-of-status.ts'
import { toCurrentSubscription } from './view.ts'

/**
 * The plan in force, and the subscription that runs. They differ while a subscription is unpaid or paused: its status says so,
 * and the plan is what may be used now.
 */
export async function currentSubscription(ctx: TenantContext): Promise<CurrentSubscription> {
  return show(ctx.services, await inTenant(ctx, (em) => read(em, ctx.tenantId)))
}

/** The same of any tenant, for those who may see it. */
export async function subscriptionOf(services: Services, tenantId: string): Promise<CurrentSubscription> {
  return show(services, await inSystem(services, (em) => read(em, tenantId)))
}

async function read(em: EntityManager, tenantId: string) {
  const subscription = await em.findOne(Subscription, { tenantId, superseded: false, status: { $in: liveStatuses } })
  const version = subscription && (await em.findOneOrFail(PlanVersion, { id: subscription.planVersionId }))
  const planKey = (await plansInForce(em, [tenantId])).get(tenantId)
  if (!planKey) throw new Error(`The tenant ${tenantId} has no plan in force.`)
  return { subscription, version, planKey }
}

async function show(services: Services, { subscription, version, planKey }: Awaited<ReturnType<typeof read>>) {
  const plan = await findPlan(services, planKey)
  return toCurrentSubscription(plan, subscription, version ?? plan)
}
