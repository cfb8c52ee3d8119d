import { LockMode } from '@mikro-orm/core'
import { Tenant } from '@tollkeeper/db'
import type { SetTenantStatusInput } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'

/**
 * Suspends a tenant or restores it: within a second every decision for it, and every other use of its API keys, is refused on every
 * node. Its members still see it. @throws AppError tenant.not_found
 */
export async function setTenantStatus(ctx: UserContext, { id, status, reason }: SetTenantStatusInput): Promise<{ done: true }> {
  await inSystemTransaction(
    ctx.services,
    async ({ em, now }) => {
      const tenant = await em.findOne(Tenant, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
      if (!tenant) throw new AppError('tenant.not_found')
      if (tenant.status === status) return
      tenant.status = status
      tenant.statusReason = status === 'suspended' ? reason : null
      announceChange(em, 'tenant', id)
      writeAudit(em, {
        tenantId: id,
        action: status === 'suspended' ? 'tenant.suspended' : 'tenant.restored',
        target: id,
        details: { reason },
        caller: ctx.caller,
        requestId: ctx.requestId,
        at: now,
      })
    },
    ctx,
  )
  return { done: true }
}
