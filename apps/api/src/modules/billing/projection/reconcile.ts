import { inSystem } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import type { Origin } from './origin.ts'
import { reconcileCustomer } from './reconcile-customer.ts'
import { syncCheckout } from './sync.ts'

const origin: Origin = { source: 'reconcile', stripeEventId: null }
const AT_ONCE = 100

/**
 * Looks after what events may have been lost for: checkouts that are open, customers who checked out within a day, and
 * subscriptions whose period has passed, whose payment is owed, or that another took the place of.
 */
export async function reconcile(services: Services): Promise<void> {
  for (const id of await openCheckouts(services)) await attempt(services, id, () => syncCheckout(services, id, origin))
  for (const id of await customersInMotion(services)) await attempt(services, id, () => reconcileCustomer(services, id, origin))
}

/** One that fails must not keep the others from their turn; the next round comes in ten minutes. */
async function attempt(services: Services, subject: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    services.logger.warn({ err: error, subject }, 'something of the payment provider could not be reconciled')
  }
}

async function openCheckouts(services: Services): Promise<string[]> {
  const rows = await inSystem(services, (em) =>
    em.execute<{ id: string }[]>(
      `select stripe_session_id as id from checkout where state = 'open' order by created_at desc limit ?`,
      [AT_ONCE],
    ),
  )
  return rows.map(({ id }) => id)
}

async function customersInMotion(services: Services): Promise<string[]> {
  const now = services.clock.now()
  const yesterday = new Date(now.getTime() - 86_400_000)
  const aWhileAgo = new Date(now.getTime() - 600_000)
  const rows = await inSystem(services, (em) =>
    em.execute<{ id: string }[]>(
      `select c.stripe_customer_id as id from customer c left join subscription s on s.tenant_id = c.tenant_id
         and s.status in ('trialing', 'active', 'past_due', 'unpaid', 'paused')
       where s.superseded or s.status in ('past_due', 'unpaid') or s.current_period_end < ?
         or exists (select from checkout k where k.tenant_id = c.tenant_id and k.created_at > ?)
       group by c.stripe_customer_id order by min(s.fetched_at) nulls first limit ?`,
      [aWhileAgo, yesterday, AT_ONCE],
    ),
  )
  return rows.map(({ id }) => id)
}
