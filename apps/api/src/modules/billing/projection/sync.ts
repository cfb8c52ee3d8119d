import { Checkout } from '@tollkeeper/db'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { applyInvoice } from './apply-invoice.ts'
import { applySubscription } from './apply-subscription.ts'
import { beginFetch, type Origin, type Outcome } from './origin.ts'
import { reconcileCustomer } from './reconcile-customer.ts'
import { surplusOf } from './surplus.ts'

/** Asks the provider for a subscription and takes over its answer. No transaction is open while it is asked. */
export async function syncSubscription(services: Services, id: string, origin: Origin): Promise<Outcome> {
  const fetch = await beginFetch(services, origin)
  const found = await services.payments.fetchSubscription(id)
  if (!found) return 'gone'
  const outcome = await inSystemTransaction(services, (tx) => applySubscription(tx, found, fetch))
  if (outcome === 'applied' && (await surplusOf(services, found.customerId)).length > 0) {
    await reconcileCustomer(services, found.customerId, origin)
  }
  return outcome
}

/** The same for an invoice, and for the subscription it belongs to: a payment often changes both. */
export async function syncInvoice(services: Services, id: string, origin: Origin): Promise<Outcome> {
  const fetch = await beginFetch(services, origin)
  const found = await services.payments.fetchInvoice(id)
  if (!found) return 'gone'
  const outcome = await inSystemTransaction(services, (tx) => applyInvoice(tx, found, fetch))
  if (outcome === 'not_ours' || !found.subscriptionId) return outcome
  return syncSubscription(services, found.subscriptionId, origin)
}

/** The same for a checkout: once it is paid, its subscription is taken over. */
export async function syncCheckout(services: Services, id: string, origin: Origin): Promise<Outcome> {
  const found = await services.payments.fetchCheckout(id)
  const outcome =
    found?.status === 'complete' && found.subscriptionId ? await syncSubscription(services, found.subscriptionId, origin) : null
  const state = found?.status ?? 'expired'
  const known = await inSystem(services, (em) =>
    em.nativeUpdate(Checkout, { stripeSessionId: id, state: { $ne: state } }, { state }),
  )
  return outcome ?? (found ? (known > 0 ? 'applied' : 'not_ours') : 'gone')
}
