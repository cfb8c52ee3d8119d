import type { OperatorUser } from '@tollkeeper/shared'
import type { z } from 'zod'
import { AppError } from '../../kernel/app-error.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import { type Search, searchPattern } from './search.ts'

type OperatorUserView = z.infer<typeof OperatorUser>

interface UserRow {
  id: string
  email: string
  email_verified: boolean
  name: string
  status: OperatorUserView['status']
  operator_role: OperatorUserView['operatorRole']
  created_at: Date | string
  tenant_count: number
  last_seen_at: Date | string | null
}

const columns = `u.id, u.email, u.email_verified, u.name, u.status, u.operator_role, u.created_at,
  (select count(*)::int from member m where m.user_id = u.id) as tenant_count,
  (select max(s.updated_at) from session s where s.user_id = u.id) as last_seen_at`

/** Everyone, newest first, or those whose id, email or name holds the search text. The total counts the same rows. */
export async function listUsers(ctx: UserContext, { search, limit, cursor }: Search) {
  return inSystem(ctx.services, async (em) => {
    const pattern = searchPattern(search)
    const where = `(?::text is null or u.id ilike ? or u.email ilike ? or u.name ilike ?)`
    const matching = [pattern, pattern, pattern, pattern]
    const rows = await em.execute<UserRow[]>(
      `select ${columns} from "user" u where ${where} and (?::text is null or u.id < ?) order by u.id desc limit ?`,
      [...matching, cursor ?? null, cursor ?? null, limit + 1],
    )
    const [counted] = await em.execute<{ total: number }[]>(`select count(*)::int as total from "user" u where ${where}`, matching)
    return {
      rows: rows.slice(0, limit).map(toView),
      nextCursor: rows.length > limit ? rows[limit - 1]!.id : null,
      total: counted!.total,
    }
  })
}

/** @throws AppError user.not_found */
export async function readUser(ctx: UserContext, id: string): Promise<OperatorUserView> {
  return inSystem(ctx.services, async (em) => {
    const [row] = await em.execute<UserRow[]>(`select ${columns} from "user" u where u.id = ?`, [id])
    if (!row) throw new AppError('user.not_found')
    return toView(row)
  })
}

function toView(row: UserRow): OperatorUserView {
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified,
    name: row.name,
    status: row.status,
    operatorRole: row.operator_role,
    createdAt: new Date(row.created_at).toISOString(),
    tenantCount: row.tenant_count,
    lastSeenAt: row.last_seen_at === null ? null : new Date(row.last_seen_at).toISOString(),
  }
}
