import { createHash } from 'node:crypto'
import type { UserContext } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { Services } from '../../../kernel/services.ts'

/** People without a password, written into the database at once: enough of them to race. */
export async function crowd(services: Services, size: number): Promise<{ userId: string; email: string }[]> {
  const people = Array.from({ length: size }, (_none, index) => ({ userId: newId('user'), email: `crowd${index}@example.test` }))
  await services.pool.query(
    `insert into "user" (id, name, email, email_verified) select id, 'One of many', email, true from unnest($1::text[], $2::text[]) as p (id, email)`,
    [people.map(({ userId }) => userId), people.map(({ email }) => email)],
  )
  return people
}

/** An open invitation for each, as if it had been mailed. @returns the tokens, in the same order */
export async function inviteCrowd(
  services: Services,
  { tenantId, inviterId }: { tenantId: string; inviterId: string },
  people: readonly { email: string }[],
): Promise<string[]> {
  const tokens = people.map((_person, index) => `token ${index}`)
  const hashes = tokens.map((token) => createHash('sha256').update(`invitation ${token}`).digest('base64url'))
  await services.pool.query(
    `insert into invitation (tenant_id, id, email, role, token_hash, invited_by, created_at, sent_at, expires_at)
     select $1, id, email, 'member', hash, $2, now(), now(), now() + interval '7 days' from unnest($3::text[], $4::text[], $5::text[]) as i (id, email, hash)`,
    [tenantId, inviterId, people.map(() => newId('invitation')), people.map(({ email }) => email), hashes],
  )
  return tokens
}

/** A request of somebody who is signed in, without a session of theirs. */
export function requestOf(services: Services, userId: string): UserContext {
  return {
    services,
    requestId: newId('request'),
    caller: {
      kind: 'user',
      userId,
      sessionId: newId('session'),
      via: 'access_token',
      operatorRole: null,
      memberships: [],
      provedAt: services.clock.now().getTime(),
      secondFactor: null,
    },
    requestedTenantId: null,
    idempotencyKey: null,
    idempotency: null,
    client: { ip: '127.0.0.1', userAgent: null },
    setHeader: () => undefined,
  }
}
