import type { CurrentSubscription, PlanView } from '@tollkeeper/shared'
import type { PlanRelation } from '@tollkeeper/ui'

/** How a plan stands to the one in force: what its button says and does. */
export function planRelation(plan: PlanView, plans: readonly PlanView[], current: CurrentSubscription): PlanRelation {
  if (plan.key === current.plan) return current.cancelAtPeriodEnd ? 'resume' : 'current'
  if (plan.price === null) return 'contact'
  const rank = plans.find(({ key }) => key === current.plan)?.rank
  if (rank === undefined) return 'choose'
  return plan.rank > rank ? 'upgrade' : 'downgrade'
}

/** Where the button leads: the checkout, the page where a subscription is managed, or a conversation. */
export type PlanWay = 'checkout' | 'portal' | 'contact'

/** A plan that is for sale is bought. What is not, such as the free one after a paid one, is reached by ending the subscription. */
export function planWay(plan: PlanView, relation: PlanRelation): PlanWay {
  if (relation === 'contact') return 'contact'
  if (relation === 'resume' || !plan.selfService) return 'portal'
  return 'checkout'
}

/** The plan to look at first: the next one up that can be bought here. */
export function suggestedPlan(plans: readonly PlanView[], current: CurrentSubscription): string | undefined {
  return plans.find((plan) => planRelation(plan, plans, current) === 'upgrade' && plan.selfService)?.key
}
