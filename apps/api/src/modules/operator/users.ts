import type { OperatorUser, UserSearchInput } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import { searchPattern } from '../../kernel/search-pattern.ts'
import { ownPicture } from '../auth/index.ts'

export interface UserRow {
  id: string
  email: string
  email_verified: boolean
  name: string
  image: string | null
  delete_after: Date | string | null
  status: OperatorUser['status']
  operator_role: OperatorUser['operatorRole']
  created_at: Date | string
  tenant_count: number
  last_seen_at: Date | string | null
}

export const userColumns = `u.id, u.email, u.email_verified, u.name, u.image, u.delete_after, u.status, u.operator_role, u.created_at,
  (select count(*)::int from member m where m.user_id = u.id) as tenant_count,
  (select max(s.updated_at) from session s where s.user_id = u.id and s.impersonator_id is null) as last_seen_at`

/**
 * Everyone, newest first, or those whose id, email or name holds the search text and who have the status and role asked for. The
 * total counts the same rows.
 */
export async function listUsers(ctx: UserContext, { search, status, role, limit, cursor }: UserSearchInput) {
  return inSystem(ctx.services, async (em) => {
    const pattern = searchPattern(search)
    const where = `(?::text is null or u.id ilike ? or u.email ilike ? or u.name ilike ?)
      and (?::text is null or u.status = ?) and (?::text is null or coalesce(u.operator_role, 'none') = ?)`
    const [wantedStatus, wantedRole] = [status ?? null, role ?? null]
    const matching = [pattern, pattern, pattern, pattern, wantedStatus, wantedStatus, wantedRole, wantedRole]
    const rows = await em.execute<UserRow[]>(
      `select ${userColumns} from "user" u where ${where} and (?::text is null or u.id < ?) order by u.id desc limit ?`,
      [...matching, cursor ?? null, cursor ?? null, limit + 1],
    )
    const [counted] = await em.execute<{ total: number }[]>(`select count(*)::int as total from "user" u where ${where}`, matching)
    return {
      rows: rows.slice(0, limit).map(toUserView),
      nextCursor: rows.length > limit ? rows[limit - 1]!.id : null,
      total: counted!.total,
    }
  })
}

export function toUserView(row: UserRow): OperatorUser {
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified,
    name: row.name,
    avatar: ownPicture(row.image),
    status: row.status,
    operatorRole: row.operator_role,
    deletesAt: row.delete_after && new Date(row.delete_after).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    tenantCount: row.tenant_count,
    lastSeenAt: row.last_seen_at === null ? null : new Date(row.last_seen_at).toISOString(),
  }
}
