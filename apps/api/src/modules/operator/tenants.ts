import type { OperatorTenant, OperatorTenantDetail, TenantSearchInput } from '@tollkeeper/shared'
import type { z } from 'zod'
import { AppError } from '../../kernel/app-error.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import { searchPattern } from '../../kernel/search-pattern.ts'
import { subscriptionOf } from '../billing/index.ts'
import { usageOf } from '../quota/index.ts'

type OperatorTenantView = z.infer<typeof OperatorTenant>

interface TenantRow {
  id: string
  name: string
  slug: string
  personal_of: string | null
  status: OperatorTenantView['status']
  status_reason: string | null
  created_at: Date | string
  plan: string | null
  member_count: number
  key_count: number
  owner_email: string | null
}

const planInForce = '(select e.plan_key from entitlement e where e.tenant_id = t.id limit 1)'

const columns = `t.id, t.name, t.slug, t.personal_of, t.status, t.status_reason, t.created_at, ${planInForce} as plan,
  (select count(*)::int from member m where m.tenant_id = t.id) as member_count,
  (select count(*)::int from api_key k where k.tenant_id = t.id and k.revoked_at is null) as key_count,
  (select u.email from member m join "user" u on u.id = m.user_id where m.tenant_id = t.id and m.role = 'owner' order by m.joined_at limit 1) as owner_email`

/**
 * Every tenant, newest first, or those whose id, name, slug or owner's email holds the search text and which have the status and
 * plan asked for. The total counts the same rows.
 */
export async function listTenants(ctx: UserContext, { search, status, plan, limit, cursor }: TenantSearchInput) {
  return inSystem(ctx.services, async (em) => {
    const pattern = searchPattern(search)
    const where = `(?::text is null or t.id ilike ? or t.name ilike ? or t.slug ilike ? or exists
      (select 1 from member m join "user" u on u.id = m.user_id where m.tenant_id = t.id and u.email ilike ?))
      and (?::text is null or t.status = ?) and (?::text is null or ${planInForce} = ?)`
    const [wantedStatus, wantedPlan] = [status ?? null, plan ?? null]
    const matching = [pattern, pattern, pattern, pattern, pattern, wantedStatus, wantedStatus, wantedPlan, wantedPlan]
    const rows = await em.execute<TenantRow[]>(
      `select ${columns} from tenant t where ${where} and (?::text is null or t.id < ?) order by t.id desc limit ?`,
      [...matching, cursor ?? null, cursor ?? null, limit + 1],
    )
    const [counted] = await em.execute<{ total: number }[]>(`select count(*)::int as total from tenant t where ${where}`, matching)
    return {
      rows: rows.slice(0, limit).map(toView),
      nextCursor: rows.length > limit ? rows[limit - 1]!.id : null,
      total: counted!.total,
    }
  })
}

/** One tenant with its use, subscription and members. @throws AppError tenant.not_found */
export async function readTenant(ctx: UserContext, id: string): Promise<z.infer<typeof OperatorTenantDetail>> {
  const { tenant, members } = await inSystem(ctx.services, async (em) => {
    const [row] = await em.execute<TenantRow[]>(`select ${columns} from tenant t where t.id = ?`, [id])
    if (!row) throw new AppError('tenant.not_found')
    const found = await em.execute<{ user_id: string; name: string; email: string; role: string; joined_at: Date | string }[]>(
      `select m.user_id, u.name, u.email, m.role, m.joined_at from member m join "user" u on u.id = m.user_id where m.tenant_id = ? order by m.joined_at limit 100`,
      [id],
    )
    return { tenant: toView(row), members: found }
  })
  return {
    tenant,
    usage: await usageOf(ctx.services, id),
    subscription: await subscriptionOf(ctx.services, id),
    members: members.map((member) => ({
      userId: member.user_id,
      name: member.name,
      email: member.email,
      role: member.role,
      joinedAt: new Date(member.joined_at).toISOString(),
    })),
  }
}

function toView(row: TenantRow): OperatorTenantView {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    personal: row.personal_of !== null,
    status: row.status,
    statusReason: row.status_reason,
    plan: row.plan ?? '',
    createdAt: new Date(row.created_at).toISOString(),
    memberCount: row.member_count,
    keyCount: row.key_count,
    ownerEmail: row.owner_email,
  }
}
