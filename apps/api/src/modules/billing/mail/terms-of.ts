import type { EntityManager } from '@mikro-orm/postgresql'
import { Plan, PlanVersion, type Subscription } from '@tollkeeper/db'
import type { Money } from '@tollkeeper/shared'

/** What a subscription is called and costs each month, as a mail says it. */
export async function termsOf(
  em: EntityManager,
  { planKey, planVersionId }: Pick<Subscription, 'planKey' | 'planVersionId'>,
): Promise<{ plan: string; price: Money }> {
  const plan = await em.findOneOrFail(Plan, { key: planKey })
  const { priceMinor, currency } = await em.findOneOrFail(PlanVersion, { id: planVersionId })
  return { plan: plan.name, price: { amountMinor: priceMinor ?? 0, currency: currency ?? 'usd' } }
}
