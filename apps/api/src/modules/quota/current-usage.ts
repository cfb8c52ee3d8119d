import type { CurrentUsage } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { usageOf } from './usage-of.ts'

/** Use and limit of every feature, now. Whatever was answered before is in it. */
export function currentUsage(ctx: TenantContext): Promise<CurrentUsage> {
  return usageOf(ctx.services, ctx.tenantId)
}
