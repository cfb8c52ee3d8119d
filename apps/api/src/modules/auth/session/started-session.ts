import type { Services } from '../../../kernel/services.ts'
import { ensurePersonalTenant } from '../../tenant/index.ts'

export interface StartedSession {
  sessionId: string
  userId: string
  expiresAt: Date
  /** The cookies that carry it in a browser. */
  setCookie: string[]
}

/**
 * The session better-auth has just made. A person without any tenant gets their own now: one who came by a provider, or whose
 * first one was cut short.
 */
export async function startedSession(services: Services, made: { token: string; setCookie?: string[] }): Promise<StartedSession> {
  const { rows } = await services.pool.query<{
    id: string
    user_id: string
    expires_at: number
    name: string
    email: string
    tenants: number
  }>(
    `select s.id, s.user_id, (extract(epoch from s.expires_at) * 1000)::float8 as expires_at, u.name, u.email,
       (select count(*)::int from member m where m.user_id = u.id) as tenants
     from session s join "user" u on u.id = s.user_id where s.token = $1`,
    [made.token],
  )
  const found = rows[0]
  if (!found) throw new Error('The session that was just started is not there')
  const { id: sessionId, user_id: userId, expires_at: expiresAt, name, email } = found
  if (found.tenants === 0) await ensurePersonalTenant(services, { userId, name, email })
  return { sessionId, userId, expiresAt: new Date(expiresAt), setCookie: made.setCookie ?? [] }
}
