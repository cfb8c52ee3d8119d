import type { Subscription } from '@tollkeeper/db'
import type { TenantContext } from '../../../kernel/context.ts'
import { syncSubscription } from '../projection/sync.ts'
import { confirmingUrl } from './urls.ts'

/**
 * Moves a running subscription to another plan, up or down, at once: what is left of the old plan is credited, and a difference
 * is charged now; a card that declines leaves everything as it was. The new state is fetched right away, and again when the
 * provider's event comes.
 */
export async function changePlan({ services }: TenantContext, subscription: Subscription, priceId: string): Promise<string> {
  const { stripeSubscriptionId } = subscription
  await services.payments.changePrice(stripeSubscriptionId, priceId)
  await syncSubscription(services, stripeSubscriptionId, { source: 'request', stripeEventId: null })
  return confirmingUrl(services.publicUrl)
}
