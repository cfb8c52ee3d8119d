import { AppError } from '../kernel/app-error.ts'
import type { TenantContext } from '../kernel/context.ts'
import { tenantStatusOf } from '../kernel/tenant-status.ts'
import type { ProcedureMeta } from './meta.ts'

/**
 * A suspended tenant can be looked at by its members and changed by nobody; its API keys open nothing. Decisions are let through
 * to here, because they say the same with their own answer.
 * @throws AppError tenant.suspended
 */
export async function assertTenantMay(ctx: TenantContext, { permission, idempotent }: ProcedureMeta): Promise<void> {
  if (permission === 'decision:ask' || (ctx.caller.kind === 'user' && idempotent === 'read')) return
  if ((await tenantStatusOf(ctx.services).get(ctx.tenantId)) !== 'active') throw new AppError('tenant.suspended')
}
