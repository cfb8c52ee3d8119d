import { Tenant } from '@tollkeeper/db'
import type { RebuildBooksInput } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { rebuildBalances } from '../quota/index.ts'

/** Sets a tenant's balances to what the ledger adds up to; what is right stays as it is. @throws AppError tenant.not_found */
export async function rebuildBooks(ctx: UserContext, { id, reason }: RebuildBooksInput): Promise<{ changed: number }> {
  const changed = await inSystemTransaction(
    ctx.services,
    async ({ em, now }) => {
      if ((await em.count(Tenant, { id })) === 0) throw new AppError('tenant.not_found')
      const balances = await rebuildBalances(em, id, now)
      // nodes remember balances that were used up, and there may be room in them now
      announceChange(em, 'entitlement', id)
      writeAudit(em, {
        tenantId: id,
        action: 'books.rebuilt',
        target: id,
        details: { reason, balances },
        caller: ctx.caller,
        requestId: ctx.requestId,
        at: now,
      })
      return balances
    },
    ctx,
  )
  return { changed }
}
