import { Member, User } from '@tollkeeper/db'
import type { MemberView } from '@tollkeeper/shared'
import type { z } from 'zod'
import type { TenantContext } from '../../kernel/context.ts'
import { inTenant } from '../../kernel/in-transaction.ts'
import { toMemberView } from './view.ts'

/** Who is in the tenant, in the order of joining. */
export async function listMembers(
  ctx: TenantContext,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ rows: z.infer<typeof MemberView>[]; nextCursor: string | null }> {
  return inTenant(ctx, async (em) => {
    const found = await em.find(
      Member,
      { tenantId: ctx.tenantId, ...(cursor ? { id: { $gt: cursor } } : {}) },
      { orderBy: { id: 'asc' }, limit: limit + 1 },
    )
    const members = found.slice(0, limit)
    const users = await em.find(User, { id: { $in: members.map(({ userId }) => userId) } }, { fields: ['id', 'name', 'email'] })
    const byId = new Map(users.map((user) => [user.id, user]))
    const rows = members.flatMap((member) => {
      const user = byId.get(member.userId)
      return user ? [toMemberView(member, user)] : []
    })
    return { rows, nextCursor: found.length > limit ? members.at(-1)!.id : null }
  })
}
