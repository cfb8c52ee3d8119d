import type { Member, Tenant, User } from '@tollkeeper/db'
import type { MemberView, TenantRole, TenantView } from '@tollkeeper/shared'
import type { z } from 'zod'

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

export function toMemberView(member: Member, user: Pick<User, 'id' | 'name' | 'email'>): z.infer<typeof MemberView> {
  return {
    id: member.id,
    userId: user.id,
    name: user.name,
    email: user.email,
    role: member.role as TenantRole,
    joinedAt: member.joinedAt.toISOString(),
  }
}
