import { ProviderPrice } from '@tollkeeper/db'
import { inSystem } from '../../../kernel/in-transaction.ts'
import type { PlanForSale } from '../../../kernel/ports/payments.ts'
import type { Services } from '../../../kernel/services.ts'

/** The provider's price of a plan version, made there and noted here when it is first sold. */
export async function ensurePrice(services: Services, plan: PlanForSale): Promise<string> {
  const { provider } = services.payments
  const noted = { planVersionId: plan.planVersionId, provider }
  const known = await inSystem(services, (em) => em.findOne(ProviderPrice, noted))
  if (known) return known.priceId
  const { priceId, productId } = await services.payments.ensurePrice(plan)
  return inSystem(services, async (em) => {
    await em.execute(
      `insert into provider_price (plan_version_id, provider, price_id, product_id, created_at) values (?, ?, ?, ?, ?)
       on conflict (plan_version_id, provider) do nothing`,
      [plan.planVersionId, provider, priceId, productId, services.clock.now()],
    )
    return (await em.findOneOrFail(ProviderPrice, noted)).priceId
  })
}
