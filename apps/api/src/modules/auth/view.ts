import { Member, Tenant, User } from '@tollkeeper/db'
import { type Me, OperatorRole, TenantRole, UserStatus, type UserView } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'

export function toUserView({
  id,
  email,
  emailVerified,
  name,
  image,
  status,
  operatorRole,
  deleteAfter,
  createdAt,
}: User): UserView {
  return {
    id,
    email,
    emailVerified,
    name,
    avatar: ownPicture(image),
    status: UserStatus.parse(status),
    operatorRole: OperatorRole.nullable().parse(operatorRole ?? null),
    deletesAt: deleteAfter?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}

/** A picture that was drawn here. What a provider may have named lies elsewhere, and would tell that provider who looks at it. */
export function ownPicture(image: string | null | undefined): string | null {
  return image?.startsWith('/avatars/') ? image : null
}

/** A person and the tenants they belong to, in the order of joining. */
export function readPerson(services: Services, userId: string): Promise<Me> {
  return inSystem(services, async (em) => {
    const user = await em.findOne(User, { id: userId })
    if (!user) throw new AppError('auth.session_ended')
    const members = await em.find(Member, { userId }, { orderBy: { joinedAt: 'asc', id: 'asc' } })
    const tenants = await em.find(Tenant, { id: { $in: members.map(({ tenantId }) => tenantId) } })
    const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]))
    return {
      user: toUserView(user),
      tenants: members.flatMap(({ tenantId, role }) => {
        const tenant = byId.get(tenantId)
        return tenant ? [{ id: tenant.id, name: tenant.name, slug: tenant.slug, role: TenantRole.parse(role) }] : []
      }),
    }
  })
}
