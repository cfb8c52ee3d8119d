import { type LoginEventView, LoginMethod, LoginOutcome } from '@tollkeeper/shared'
import { invalidInput } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { identifierHash } from '../attempt/login-attempt.ts'
import { readPerson } from '../view.ts'
import { deviceOf } from './device-words.ts'

interface LoginEventRow {
  id: string
  method: string
  outcome: string
  reason: string | null
  ip_address: string | null
  user_agent: string | null
  at: number
}

/** Who tried to come in as the caller, and what came of it, newest first: by their account, or by the address they have. */
export async function listLoginHistory(
  ctx: UserContext,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ rows: LoginEventView[]; nextCursor: string | null }> {
  const { services, caller } = ctx
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw invalidInput('cursor', 'is not one of ours')
  const { user } = await readPerson(services, caller.userId)
  const { rows: found } = await services.pool.query<LoginEventRow>(
    `select id::text, method, outcome, reason, ip_address, user_agent, (extract(epoch from at) * 1000)::float8 as at
     from login_event
     where (user_id = $1 or (user_id is null and identifier_hash = $2)) and ($3::bigint is null or id < $3)
     order by id desc limit $4`,
    [caller.userId, identifierHash(ctx, user.email), cursor ?? null, limit + 1],
  )
  const rows = found.slice(0, limit)
  return { rows: rows.map(toLoginEventView), nextCursor: found.length > limit ? rows.at(-1)!.id : null }
}

function toLoginEventView(row: LoginEventRow): LoginEventView {
  return {
    id: row.id,
    method: LoginMethod.parse(row.method),
    outcome: LoginOutcome.parse(row.outcome),
    reason: row.reason,
    address: row.ip_address,
    device: deviceOf(row.user_agent),
    at: new Date(row.at).toISOString(),
  }
}
