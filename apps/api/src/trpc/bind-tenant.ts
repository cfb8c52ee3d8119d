import { type KeyScope, tenantRoles } from '@tollkeeper/shared'
import { AppError } from '../kernel/app-error.ts'
import type { RequestContext, TenantContext } from '../kernel/context.ts'

/**
 * Binds a request to the one tenant its caller may act in: a key's own, or the one a person names in X-Tenant-Id
 * (their only one, when they name none). A tenant of others is answered like one that does not exist.
 * @throws AppError auth.unauthenticated, auth.second_factor_needed, tenant.second_factor_needed, api_key.scope_missing, tenant.not_found, tenant.not_chosen
 */
export async function bindTenant<Unbound extends Pick<RequestContext, 'caller' | 'requestedTenantId'>>(
  ctx: Unbound,
  scope: KeyScope | null,
): Promise<Unbound & Pick<TenantContext, 'tenantId' | 'role' | 'permissions'>> {
  const { caller, requestedTenantId } = ctx
  if (caller.kind === 'anonymous') throw new AppError('auth.unauthenticated')
  if (caller.kind === 'pending') throw new AppError('auth.second_factor_needed')
  if (caller.kind === 'api_key') {
    if (scope === null)
      throw new AppError('api_key.scope_missing', { detail: 'No API key may do this: it takes a person who is signed in.' })
    if (!caller.scopes.includes(scope)) throw new AppError('api_key.scope_missing', { detail: `It takes the scope ${scope}.` })
    if (requestedTenantId !== null && requestedTenantId !== caller.tenantId) throw new AppError('tenant.not_found')
    return { ...ctx, tenantId: caller.tenantId, role: null, permissions: caller.scopes }
  }
  const membership =
    requestedTenantId === null
      ? caller.memberships.length === 1
        ? caller.memberships[0]
        : undefined
      : caller.memberships.find(({ tenantId }) => tenantId === requestedTenantId)
  if (!membership)
    throw new AppError(requestedTenantId === null && caller.memberships.length > 1 ? 'tenant.not_chosen' : 'tenant.not_found')
  if (membership.secondFactorRequired && caller.secondFactor === null) throw new AppError('tenant.second_factor_needed')
  return { ...ctx, tenantId: membership.tenantId, role: membership.role, permissions: tenantRoles[membership.role] }
}
