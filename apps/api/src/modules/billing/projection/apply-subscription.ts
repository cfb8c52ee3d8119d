import type { EntityManager } from '@mikro-orm/postgresql'
import { type Customer, PlanVersion, ProviderPrice, Subscription } from '@tollkeeper/db'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { ProviderSubscription } from '../../../kernel/ports/payments.ts'
import { tellPaymentFailed } from '../mail/tell-payment-failed.ts'
import { isLive } from './access-of-status.ts'
import { chooseBase } from './choose-base.ts'
import { deriveAccess } from './derive-access.ts'
import { lockCustomer } from './lock-customer.ts'
import type { Fetch, Outcome } from './origin.ts'
import { recordTransition, stateOf } from './record-transition.ts'

/**
 * The one way by which a subscription's state enters: what the provider answered is written over what we held, unless a later
 * answer is there already; what the tenant may use follows in the same transaction. Whose it is, our customer row says, never
 * the provider's metadata.
 */
export async function applySubscription(tx: SystemTransaction, found: ProviderSubscription, fetch: Fetch): Promise<Outcome> {
  const { em, services } = tx
  const customer = await lockCustomer(em, found.customerId)
  if (!customer) return 'not_ours'
  const rows = await em.find(Subscription, { tenantId: customer.tenantId })
  const known = rows.find(({ stripeSubscriptionId }) => stripeSubscriptionId === found.id)
  if (known && known.fetchNumber > fetch.number) return 'outdated'
  const version = await planVersionOf(em, services.payments.provider, found.priceId)
  if (!version) return unknownPrice(tx, found)

  const before = known ? stateOf(known) : null
  const base = chooseBase([
    ...rows.filter((row) => row !== known),
    { ...found, stripeSubscriptionId: found.id, providerCreatedAt: found.createdAt },
  ])
  const foundIsBase = base?.stripeSubscriptionId === found.id
  // the index that allows one live subscription is asked at every statement, so what makes room is written first
  for (const row of rows) if (row !== known && isLive(row.status) && row !== base) row.superseded = true
  await em.flush()
  const row = known ?? newRow(em, customer, found, version)
  Object.assign(row, fieldsOf(found, version, fetch), {
    pastDueAt: found.status === 'past_due' ? (known?.pastDueAt ?? tx.now) : null,
    superseded: isLive(found.status) && !foundIsBase,
  })
  await em.flush()
  for (const other of rows) if (other === base) other.superseded = false
  await em.flush()

  recordTransition(tx, row, before, fetch)
  if (foundIsBase && row.status === 'past_due' && before?.status !== 'past_due') await tellPaymentFailed(tx, row)
  announceChange(em, 'tenant', customer.tenantId)
  await deriveAccess(tx, customer.tenantId)
  return 'applied'
}

function newRow(em: EntityManager, customer: Customer, found: ProviderSubscription, version: PlanVersion): Subscription {
  return em.create(Subscription, {
    tenantId: customer.tenantId,
    id: newId('subscription'),
    stripeSubscriptionId: found.id,
    customerId: customer.id,
    planKey: version.planKey,
    planVersionId: version.id,
    status: found.status,
    providerCreatedAt: found.createdAt,
    fetchedAt: found.createdAt,
    fetchNumber: 0,
  })
}

function fieldsOf(found: ProviderSubscription, version: PlanVersion, fetch: Fetch) {
  return {
    planKey: version.planKey,
    planVersionId: version.id,
    status: found.status,
    currentPeriodStart: found.currentPeriodStart,
    currentPeriodEnd: found.currentPeriodEnd,
    cancelAtPeriodEnd: found.cancelAtPeriodEnd,
    endedAt: found.endedAt,
    fetchedAt: fetch.at,
    fetchNumber: fetch.number,
  }
}

async function planVersionOf(em: EntityManager, provider: string, priceId: string): Promise<PlanVersion | null> {
  const price = await em.findOne(ProviderPrice, { provider, priceId })
  return price && em.findOne(PlanVersion, { id: price.planVersionId })
}

function unknownPrice({ services }: SystemTransaction, { id, priceId }: ProviderSubscription): Outcome {
  services.logger.error(
    { subscription: id, price: priceId },
    'a subscription is on a price that is of no plan here, so it was left as it was: move it to a price of a plan at the provider',
  )
  return 'price_unknown'
}
