import type { Tenant } from '@tollkeeper/db'
import type { TenantView } from '@tollkeeper/shared'

export function toTenantView(tenant: Tenant, plan: string): TenantView {
  return {
    id: tenant.id,
    name: tenant.name,
    slug: tenant.slug,
    personal: Boolean(tenant.personalOf),
    status: tenant.status as TenantView['status'],
    plan,
    createdAt: tenant.createdAt.toISOString(),
  }
}
