import { OperatorRole, SecondFactorProof, TenantRole } from '@tollkeeper/shared'
import type pg from 'pg'
import { z } from 'zod'
import type { UserCaller } from '../../../kernel/caller.ts'

/** A session as it stands in the database, with what its person may do. */
export interface LiveSession {
  sessionId: string
  userId: string
  /** Milliseconds since 1970. */
  expiresAt: number
  suspended: boolean
  operatorRole: OperatorRole | null
  impersonatorId: string | null
  /** Milliseconds since 1970. */
  provedAt: number
  secondFactor: SecondFactorProof | null
  memberships: UserCaller['memberships']
}

const Row = z.object({
  session_id: z.string(),
  user_id: z.string(),
  expires_at: z.number(),
  status: z.string(),
  operator_role: OperatorRole.nullable(),
  impersonator_id: z.string().nullable(),
  proved_at: z.number(),
  second_factor: SecondFactorProof.nullable(),
  memberships: z.array(z.object({ tenantId: z.string(), role: TenantRole, secondFactorRequired: z.boolean() })),
})

const columns = `
  select s.id as session_id, s.user_id, (extract(epoch from s.expires_at) * 1000)::float8 as expires_at, u.status, u.operator_role, s.impersonator_id,
    (extract(epoch from s.proved_at) * 1000)::float8 as proved_at, s.second_factor,
    coalesce((select json_agg(json_build_object('tenantId', m.tenant_id, 'role', m.role, 'secondFactorRequired', t.second_factor_required)
                              order by m.joined_at, m.id)
              from member m join tenant t on t.id = m.tenant_id where m.user_id = s.user_id), '[]'::json) as memberships
  from session s join "user" u on u.id = s.user_id`

/** @returns null when there is no such session; one that has expired is returned as it is */
export function loadSessionById(pool: pg.Pool, id: string): Promise<LiveSession | null> {
  return load(pool, { name: 'session-by-id', text: `${columns} where s.id = $1`, values: [id] })
}

export function loadSessionByToken(pool: pg.Pool, token: string): Promise<LiveSession | null> {
  return load(pool, { name: 'session-by-token', text: `${columns} where s.token = $1`, values: [token] })
}

async function load(pool: pg.Pool, query: pg.QueryConfig): Promise<LiveSession | null> {
  const { rows } = await pool.query(query)
  if (rows.length === 0) return null
  const row = Row.parse(rows[0])
  return {
    sessionId: row.session_id,
    userId: row.user_id,
    expiresAt: row.expires_at,
    suspended: row.status !== 'active',
    // whoever acts as a person never gets that person's rights over other people
    operatorRole: row.impersonator_id === null ? row.operator_role : null,
    impersonatorId: row.impersonator_id,
    provedAt: row.proved_at,
    secondFactor: row.second_factor,
    memberships: row.memberships,
  }
}
