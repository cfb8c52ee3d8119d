import { LockMode } from '@mikro-orm/core'
import { Checkout, Customer } from '@tollkeeper/db'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { ProviderCheckout } from '../../../kernel/ports/payments.ts'
import { syncCheckout } from '../projection/sync.ts'
import { confirmingUrl } from './urls.ts'

interface Wish {
  customer: Customer
  priceId: string
  planVersionId: string
}

/**
 * The address where the plan is paid for. A checkout of it that is still open is given again; one of another plan is closed,
 * so that a person with two windows cannot pay twice.
 */
export async function startCheckout(ctx: TenantContext, wish: Wish): Promise<string> {
  const { services, tenantId } = ctx
  const earlier = await inTenant(ctx, (em) => em.find(Checkout, { tenantId }, { orderBy: { id: 'desc' } }))
  const open = earlier.find(({ state, planVersionId }) => state === 'open' && planVersionId === wish.planVersionId)
  const url = open && (await resume(ctx, open))
  if (url) return url
  const started = await services.payments.startCheckout({
    customerId: wish.customer.stripeCustomerId,
    priceId: wish.priceId,
    tenantId,
    planVersionId: wish.planVersionId,
    successUrl: confirmingUrl(services.publicUrl, '{CHECKOUT_SESSION_ID}'),
    cancelUrl: `${services.publicUrl}/plans`,
    attempt: earlier.length,
  })
  for (const id of await keep(ctx, wish, started)) await services.payments.expireCheckout(id)
  if (!started.url) throw new Error(`The checkout ${started.id} has no address to pay at.`)
  return started.url
}

/** Null: it was closed meanwhile. One that was paid leads to where its payment is waited for. */
async function resume(ctx: TenantContext, { stripeSessionId }: Checkout): Promise<string | null> {
  const { services } = ctx
  const found = await services.payments.fetchCheckout(stripeSessionId)
  if (found?.status === 'open' && found.url) return found.url
  await syncCheckout(services, stripeSessionId, { source: 'request', stripeEventId: null })
  return found?.status === 'complete' ? confirmingUrl(services.publicUrl, stripeSessionId) : null
}

/** Notes a checkout, once. @returns the provider's ids of the open ones it takes the place of */
function keep(ctx: TenantContext, { planVersionId }: Wish, started: ProviderCheckout): Promise<string[]> {
  const { tenantId, services } = ctx
  return inTenant(ctx, async (em) => {
    await em.findOneOrFail(Customer, { tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const made = await em.execute<unknown[]>(
      `insert into checkout (tenant_id, id, stripe_session_id, plan_version_id, expires_at, created_at) values (?, ?, ?, ?, ?, ?)
       on conflict (stripe_session_id) do nothing returning id`,
      [tenantId, newId('checkout'), started.id, planVersionId, started.expiresAt, services.clock.now()],
    )
    if (made.length === 0) return []
    const others = await em.find(Checkout, { tenantId, state: 'open', stripeSessionId: { $ne: started.id } })
    for (const other of others) other.state = 'expired'
    return others.map(({ stripeSessionId }) => stripeSessionId)
  })
}
