import { Tenant } from '@tollkeeper/db'
import type { SetTenantSecurityInput, TenantSecurity } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant, inTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'

/** What the tenant asks of its members. @throws AppError tenant.not_found */
export function readTenantSecurity(ctx: TenantContext, { id }: { id: string }): Promise<TenantSecurity> {
  return inTenant(ctx, async (em) => {
    const tenant = await em.findOne(Tenant, { id })
    if (!tenant) throw new AppError('tenant.not_found')
    return { secondFactorRequired: tenant.secondFactorRequired }
  })
}

/**
 * Asks every member for a second factor, or no longer. Sessions in force are held to it within a second, on every node; API keys are
 * no members, and go on. Who demands it has to have one, or they would lock themselves out.
 * @throws AppError tenant.not_found, auth.second_factor_missing
 */
export async function setTenantSecurity(ctx: TenantContext, input: SetTenantSecurityInput): Promise<TenantSecurity> {
  const { caller, requestId } = ctx
  const { id, secondFactorRequired } = input
  if (secondFactorRequired && caller.kind === 'user' && caller.secondFactor === null)
    throw new AppError('auth.second_factor_missing')
  return inTransaction(ctx, async ({ em, tenantId, now }) => {
    const tenant = await em.findOne(Tenant, { id })
    if (!tenant) throw new AppError('tenant.not_found')
    if (tenant.secondFactorRequired !== secondFactorRequired) {
      tenant.secondFactorRequired = secondFactorRequired
      announceChange(em, 'tenant', tenantId)
      writeAudit(em, {
        tenantId,
        action: 'tenant.security_changed',
        target: id,
        details: { secondFactorRequired },
        caller,
        requestId,
        at: now,
      })
    }
    return { secondFactorRequired }
  })
}
