import { Customer, Subscription } from '@tollkeeper/db'
import { inSystem } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { liveStatuses } from './access-of-status.ts'

/** Subscriptions of a customer that another took the place of and that still go on at the provider, by its ids. */
export async function surplusOf(services: Services, stripeCustomerId: string): Promise<string[]> {
  return inSystem(services, async (em) => {
    const customer = await em.findOne(Customer, { stripeCustomerId })
    if (!customer) return []
    const rows = await em.find(Subscription, { tenantId: customer.tenantId, superseded: true, status: { $in: liveStatuses } })
    return rows.map(({ stripeSubscriptionId }) => stripeSubscriptionId)
  })
}
