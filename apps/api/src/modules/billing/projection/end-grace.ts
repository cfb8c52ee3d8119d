import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { GRACE_MS } from '../../quota/index.ts'
import { deriveAccess } from './derive-access.ts'
import { lockCustomer } from './lock-customer.ts'

/** Takes plans back from tenants whose days of grace are over: time alone does this, the provider sends no event for it. */
export async function endGrace(services: Services): Promise<void> {
  const begunBefore = new Date(services.clock.now().getTime() - GRACE_MS)
  const overdue = await inSystem(services, (em) =>
    em.execute<{ customer: string }[]>(
      `select c.stripe_customer_id as customer from subscription s join customer c on c.tenant_id = s.tenant_id
       where s.status = 'past_due' and s.past_due_at < ?
         and exists (select from entitlement e where e.tenant_id = s.tenant_id and e.source = s.id)`,
      [begunBefore],
    ),
  )
  for (const { customer } of overdue) {
    await inSystemTransaction(services, async (tx) => {
      const locked = await lockCustomer(tx.em, customer)
      if (locked) await deriveAccess(tx, locked.tenantId)
    })
  }
}
