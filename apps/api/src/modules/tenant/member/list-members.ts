import type { EntityManager } from '@mikro-orm/postgresql'
import { type MemberPage, type MemberSearchInput, type MemberView, TenantRole } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { searchPattern } from '../../../kernel/search-pattern.ts'

interface MemberRow {
  id: string
  user_id: string
  name: string
  email: string
  role: string
  joined_at: Date | string
  live_keys: number
}

/** The first mark is the present instant. */
const columns = `m.id, m.user_id, u.name, u.email, m.role, m.joined_at,
  (select count(*)::int from api_key k where k.tenant_id = m.tenant_id and k.created_by = m.user_id and k.revoked_at is null
     and (k.expires_at is null or k.expires_at > ?)) as live_keys`

/** Who is in the tenant, in the order of joining; the total counts all that fit the search. */
export function listMembers(ctx: TenantContext, { search, limit, cursor }: MemberSearchInput): Promise<MemberPage> {
  const { tenantId, services } = ctx
  return inTenant(ctx, async (em) => {
    const pattern = searchPattern(search)
    const source = `member m join "user" u on u.id = m.user_id
      where m.tenant_id = ? and (?::text is null or u.name ilike ? or u.email ilike ?)`
    const matching = [tenantId, pattern, pattern, pattern]
    const rows = await em.execute<MemberRow[]>(
      `select ${columns} from ${source} and (?::text is null or m.id > ?) order by m.id limit ?`,
      [services.clock.now(), ...matching, cursor ?? null, cursor ?? null, limit + 1],
    )
    const [counted] = await em.execute<{ total: number }[]>(`select count(*)::int as total from ${source}`, matching)
    return {
      rows: rows.slice(0, limit).map(toMemberView),
      nextCursor: rows.length > limit ? rows[limit - 1]!.id : null,
      total: counted!.total,
    }
  })
}

/** One member as the list shows them. @throws AppError member.not_found */
export async function readMember(em: EntityManager, tenantId: string, id: string, now: Date): Promise<MemberView> {
  const [row] = await em.execute<MemberRow[]>(
    `select ${columns} from member m join "user" u on u.id = m.user_id where m.tenant_id = ? and m.id = ?`,
    [now, tenantId, id],
  )
  if (!row) throw new AppError('member.not_found')
  return toMemberView(row)
}

function toMemberView(row: MemberRow): MemberView {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    role: TenantRole.parse(row.role),
    joinedAt: new Date(row.joined_at).toISOString(),
    liveKeys: row.live_keys,
  }
}
