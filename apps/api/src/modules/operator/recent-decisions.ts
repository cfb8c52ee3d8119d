import { DecisionLog } from '@tollkeeper/db'
import type { RecentDecisions } from '@tollkeeper/shared'
import type { z } from 'zod'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'

/** The last fifty decisions of a tenant that were logged: all refusals, and a sample of what was allowed. */
export async function recentDecisions(ctx: UserContext, tenantId: string): Promise<z.infer<typeof RecentDecisions>> {
  const rows = await inSystem(ctx.services, (em) =>
    em.find(DecisionLog, { tenantId }, { orderBy: { at: 'desc', id: 'desc' }, limit: 50 }),
  )
  return {
    decisions: rows.map((row) => ({
      decisionId: row.id,
      feature: row.featureKey,
      amount: row.amount,
      allowed: row.allowed,
      code: row.code,
      caller: row.callerId,
      at: row.at.toISOString(),
    })),
  }
}
