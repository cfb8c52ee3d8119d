import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { applySubscription } from './apply-subscription.ts'
import { beginFetch, type Origin } from './origin.ts'
import { surplusOf } from './surplus.ts'

/**
 * Takes over all of a customer's subscriptions as the provider has them, so that events that never came are made up for. A
 * subscription that another took the place of is ended there, with what is left of it credited: nobody pays for two plans.
 */
export async function reconcileCustomer(services: Services, stripeCustomerId: string, origin: Origin): Promise<void> {
  await takeOverAll(services, stripeCustomerId, origin)
  const surplus = await surplusOf(services, stripeCustomerId)
  if (surplus.length === 0) return
  for (const id of surplus) await services.payments.endSubscription(id)
  await takeOverAll(services, stripeCustomerId, origin)
}

async function takeOverAll(services: Services, stripeCustomerId: string, origin: Origin): Promise<void> {
  const fetch = await beginFetch(services, origin)
  const found = await services.payments.listSubscriptions(stripeCustomerId)
  await inSystemTransaction(services, async (tx) => {
    for (const subscription of found) await applySubscription(tx, subscription, fetch)
  })
}
