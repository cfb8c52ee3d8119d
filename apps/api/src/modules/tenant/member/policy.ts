import type { EntityManager } from '@mikro-orm/postgresql'
import { Member, Tenant } from '@tollkeeper/db'
import { type Permission, TenantRole, tenantRoles } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'

/** Whether who has `held` holds all of `wanted`: nobody gives, takes or acts on what they do not hold themselves. */
export function covers(held: TenantRole, wanted: TenantRole): boolean {
  const permissions: readonly Permission[] = tenantRoles[held]
  return tenantRoles[wanted].every((permission) => permissions.includes(permission))
}

/** @throws AppError member.beyond_role */
export function assertCovers(held: TenantRole, wanted: string): void {
  if (!covers(held, TenantRole.parse(wanted))) throw new AppError('member.beyond_role')
}

/**
 * Makes every change to who belongs to a tenant, and as what, wait for the one before: so of two last owners who let each other go
 * one stays, and of two people who take the last seat one gets it. A person's row, where it is needed, is locked before.
 */
export async function oneMemberChangeAtATime(em: EntityManager, tenantId: string): Promise<void> {
  await em.execute('select 1 from tenant where id = ? for no key update', [tenantId])
}

/**
 * The caller's role as it is now. What this node remembers may be half a second old, which is long enough for somebody who is being
 * removed to invite another. @throws AppError tenant.not_found, access.forbidden
 */
export async function roleAsOfNow(em: EntityManager, ctx: TenantContext, permission: Permission): Promise<TenantRole> {
  if (ctx.caller.kind !== 'user') throw new AppError('access.forbidden')
  const member = await em.findOne(Member, { tenantId: ctx.tenantId, userId: ctx.caller.userId }, { refresh: true })
  if (!member) throw new AppError('tenant.not_found')
  const role = TenantRole.parse(member.role)
  const held: readonly Permission[] = tenantRoles[role]
  if (!held.includes(permission)) throw new AppError('access.forbidden', { detail: `It takes the permission ${permission}.` })
  return role
}

/**
 * Lets an owner go, or become less, only where another stays who can sign in, and never from a tenant that is their own.
 * @throws AppError tenant.last_owner, tenant.personal
 */
export async function assertOwnerMayGo(em: EntityManager, { tenantId, userId, role }: Member): Promise<void> {
  if (role !== 'owner') return
  if ((await em.count(Tenant, { id: tenantId, personalOf: userId })) > 0) throw new AppError('tenant.personal')
  const [others] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from member m join "user" u on u.id = m.user_id
     where m.tenant_id = ? and m.role = 'owner' and m.user_id <> ? and u.status = 'active'`,
    [tenantId, userId],
  )
  if (others!.count === 0) throw new AppError('tenant.last_owner')
}
