import { AuditEntry, Session } from '@tollkeeper/db'
import { type OperatorUserDetail, TenantRole, TenantStatus } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import { toAuditView } from '../audit/index.ts'
import { toUserView, type UserRow, userColumns } from './users.ts'

const MOST = 50

interface LoginRow {
  method: string
  outcome: string
  reason: string | null
  ip_address: string | null
  user_agent: string | null
  at: Date | string
}

interface TenantRow {
  id: string
  name: string
  status: string
  role: string
  joined_at: Date | string
}

/** One person with their sessions, sign-ins, tenants and what was written down of them. @throws AppError user.not_found */
export async function readUser(ctx: UserContext, id: string): Promise<OperatorUserDetail> {
  const now = ctx.services.clock.now()
  return inSystem(ctx.services, async (em) => {
    const [row] = await em.execute<(UserRow & { status_reason: string | null; second_factor: boolean })[]>(
      `select ${userColumns}, u.status_reason,
         exists (select 1 from totp_factor f where f.user_id = u.id and f.confirmed_at is not null)
           or exists (select 1 from passkey_factor f where f.user_id = u.id) as second_factor from "user" u where u.id = ?`,
      [id],
    )
    if (!row) throw new AppError('user.not_found')
    const newest = { orderBy: { createdAt: 'desc', id: 'desc' }, limit: MOST } as const
    const sessions = await em.find(Session, { userId: id, expiresAt: { $gt: now } }, newest)
    const logins = await em.execute<LoginRow[]>(
      'select method, outcome, reason, ip_address, user_agent, at from login_event where user_id = ? order by at desc, id desc limit ?',
      [id, MOST],
    )
    const tenants = await em.execute<TenantRow[]>(
      'select t.id, t.name, t.status, m.role, m.joined_at from member m join tenant t on t.id = m.tenant_id where m.user_id = ? order by m.joined_at limit ?',
      [id, MOST],
    )
    const audit = await em.find(
      AuditEntry,
      { $or: [{ actorId: id }, { target: id }] },
      { orderBy: { at: 'desc', id: 'desc' }, limit: MOST },
    )
    return {
      ...toUserView(row),
      statusReason: row.status_reason,
      secondFactor: row.second_factor,
      sessions: sessions.map((session) => ({
        id: session.id,
        address: session.ipAddress ?? null,
        userAgent: session.userAgent ?? null,
        impersonatorId: session.impersonatorId ?? null,
        createdAt: session.createdAt.toISOString(),
        expiresAt: session.expiresAt.toISOString(),
      })),
      logins: logins.map(({ method, outcome, reason, ip_address: address, user_agent: userAgent, at }) => ({
        method,
        outcome,
        reason,
        address,
        userAgent,
        at: new Date(at).toISOString(),
      })),
      tenants: tenants.map((tenant) => ({
        id: tenant.id,
        name: tenant.name,
        status: TenantStatus.parse(tenant.status),
        role: TenantRole.parse(tenant.role),
        joinedAt: new Date(tenant.joined_at).toISOString(),
      })),
      audit: audit.map(toAuditView),
    }
  })
}
