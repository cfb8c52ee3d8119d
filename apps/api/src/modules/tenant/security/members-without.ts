import { type MembersWithoutSecondFactor, type TenantPageInput, TenantRole } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'

interface Row {
  id: string
  user_id: string
  name: string
  email: string
  role: string
  joined_at: Date | string
}

const withoutOne = `from member m join "user" u on u.id = m.user_id
  where m.tenant_id = ?
    and not exists (select from totp_factor t where t.user_id = m.user_id and t.confirmed_at is not null)
    and not exists (select from passkey_factor p where p.user_id = m.user_id)`

/**
 * The members who have not turned two-step sign-in on, in the order of joining. How somebody signs in is no tenant's to read, so this
 * asks as the server itself, for the caller's tenant and no other, and tells that one thing.
 * @throws AppError tenant.not_found for another tenant than the caller's
 */
export async function listMembersWithout(
  { services, tenantId }: TenantContext,
  { id, limit, cursor }: TenantPageInput,
): Promise<MembersWithoutSecondFactor> {
  if (id !== tenantId) throw new AppError('tenant.not_found')
  return inSystem(services, async (em) => {
    const rows = await em.execute<Row[]>(
      `select m.id, m.user_id, u.name, u.email, m.role, m.joined_at ${withoutOne} and (?::text is null or m.id > ?)
       order by m.id limit ?`,
      [tenantId, cursor ?? null, cursor ?? null, limit + 1],
    )
    const [counted] = await em.execute<{ total: number }[]>(`select count(*)::int as total ${withoutOne}`, [tenantId])
    return {
      rows: rows.slice(0, limit).map((row) => ({
        id: row.id,
        userId: row.user_id,
        name: row.name,
        email: row.email,
        role: TenantRole.parse(row.role),
        joinedAt: new Date(row.joined_at).toISOString(),
      })),
      nextCursor: rows.length > limit ? rows[limit - 1]!.id : null,
      total: counted!.total,
    }
  })
}
