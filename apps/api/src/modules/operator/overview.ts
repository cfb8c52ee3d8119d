import type { Overview } from '@tollkeeper/shared'
import type { z } from 'zod'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'

/** The installation in five numbers; "today" is the present day in UTC. Denials are logged one by one, use is counted in the ledger. */
export async function readOverview(ctx: UserContext): Promise<z.infer<typeof Overview>> {
  const now = ctx.services.clock.now()
  return inSystem(ctx.services, async (em) => {
    const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()))
    const [row] = await em.execute<z.infer<typeof Overview>[]>(
      `select (select count(*)::int from "user") as users,
              (select count(*)::int from tenant) as tenants,
              (select count(*)::int from subscription where status in ('trialing', 'active', 'past_due')) as subscriptions,
              (select coalesce(sum(requests), 0)::int from quota_entry where kind in ('consume', 'reserve') and at >= ?) as "decisionsToday",
              (select count(*)::int from decision_log where not allowed and at >= ?) as "deniedToday"`,
      [today, today],
    )
    return row!
  })
}
