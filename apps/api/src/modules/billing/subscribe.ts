import { Subscription } from '@tollkeeper/db'
import { AppError } from '../../kernel/app-error.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { earlierAnswer } from '../../kernel/idempotency.ts'
import { inTenant, inTransaction } from '../../kernel/in-transaction.ts'
import type { PlanForSale } from '../../kernel/ports/payments.ts'
import { recordAudit } from '../audit/index.ts'
import { type CatalogPlan, findPlan } from '../catalog/index.ts'
import { changePlan } from './checkout/change-plan.ts'
import { ensureCustomer } from './checkout/ensure-customer.ts'
import { ensurePrice } from './checkout/ensure-price.ts'
import { oneFlight } from './checkout/one-flight.ts'
import { startCheckout } from './checkout/start-checkout.ts'
import { liveStatuses } from './projection/access-of-status.ts'

/**
 * Buys a plan: answers the address of the checkout, or, with a running subscription, changes its plan. Nothing is granted here;
 * that follows what the provider says has been paid. The provider is asked before our transaction begins, so that its slowness
 * holds no connection of the database.
 * @throws AppError catalog.plan_unknown, billing.plan_not_for_sale, billing.already_subscribed, billing.payment_declined,
 *   billing.provider_unavailable
 */
export async function subscribe(ctx: TenantContext, input: { plan: string }): Promise<{ url: string }> {
  const { tenantId } = ctx
  const earlier = await inTenant(ctx, (em) => earlierAnswer<{ url: string }>(em, ctx))
  if (earlier) return earlier.answer
  const plan = forSale(await findPlan(ctx.services, input.plan))
  const running = await inTenant(ctx, (em) =>
    em.findOne(Subscription, { tenantId, superseded: false, status: { $in: liveStatuses } }),
  )
  if (running?.planKey === input.plan) throw new AppError('billing.already_subscribed')
  const url = await oneFlight(ctx.services, `${tenantId} ${plan.planVersionId}`, async () => {
    const priceId = await ensurePrice(ctx.services, plan)
    if (running) return changePlan(ctx, running, priceId)
    return startCheckout(ctx, { customer: await ensureCustomer(ctx), priceId, planVersionId: plan.planVersionId })
  })
  return inTransaction(ctx, async (tx) => {
    recordAudit(tx, { action: 'subscription.checkout_started', target: running?.id, details: { plan: input.plan } })
    return { url }
  })
}

function forSale({ liveVersionId, name, priceMinor, currency, selfService }: CatalogPlan): PlanForSale {
  if (!selfService || !priceMinor || !currency) throw new AppError('billing.plan_not_for_sale')
  return { planVersionId: liveVersionId, name, priceMinor, currency }
}
