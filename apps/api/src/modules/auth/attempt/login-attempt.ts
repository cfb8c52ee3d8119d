import { createHmac } from 'node:crypto'
import type { LoginMethod } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { addressBucket } from '../../../kernel/brakes.ts'
import type { RequestContext } from '../../../kernel/context.ts'

export type LoginFailure = 'wrong_password' | 'unverified' | 'suspended'

export interface LoginAttempt {
  succeeded(userId: string): Promise<void>
  failed(reason: LoginFailure, userId: string | null): Promise<void>
}

/** Wrong passwords for one account from one line, since the last right one from there. */
const MOST_FROM_HERE = 20
const HERE_MINUTES = 15
/** Wrong passwords for one account from anywhere, since the last right one. */
const MOST_FROM_ANYWHERE = 100
const ANYWHERE_MINUTES = 60
const KNOWN_DAYS = 90

/**
 * Writes down that somebody tries to come in, then asks whether they may try. Each attempt is on record as a failure before it is
 * judged, so any number of them at once, on any number of nodes, gets no more tries than one after the other.
 * A stranger cannot lock a person out: the brake over all addresses spares those the person came in from before.
 * @throws AppError rate.limited, the same whether or not there is such an account
 */
export async function beginAttempt(ctx: RequestContext, email: string, method: LoginMethod = 'password'): Promise<LoginAttempt> {
  const { services } = ctx
  const id = await writeEvent(ctx, { email, method, outcome: 'failure', userId: null })
  const finish = async (outcome: string, reason: string | null, userId: string | null) => {
    await services.pool.query('update login_event set outcome = $2, reason = $3, user_id = $4 where id = $1', [
      id,
      outcome,
      reason,
      userId,
    ])
  }
  const { here, anywhere, known, retryAfterSeconds } = await countFailures(ctx, email)
  if (here > MOST_FROM_HERE || (anywhere > MOST_FROM_ANYWHERE && !known)) {
    await finish('refused', here > MOST_FROM_HERE ? 'too_many_from_here' : 'too_many_from_anywhere', null)
    throw new AppError('rate.limited', { retryAfterSeconds })
  }
  return {
    succeeded: (userId) => finish('success', null, userId),
    failed: (reason, userId) => finish('failure', reason, userId),
  }
}

/** Writes down a sign-in that was decided elsewhere: by an approved device code, or by a provider. */
export async function recordSuccess(
  ctx: RequestContext,
  person: { email: string; userId: string },
  method: LoginMethod,
): Promise<void> {
  await writeEvent(ctx, { ...person, method, outcome: 'success' })
}

interface LoginEventFact {
  email: string
  method: LoginMethod
  outcome: string
  userId: string | null
}

async function writeEvent(ctx: RequestContext, { email, method, outcome, userId }: LoginEventFact): Promise<string> {
  const { services, client } = ctx
  const { rows } = await services.pool.query<{ id: string }>(
    `insert into login_event (user_id, identifier_hash, method, outcome, ip_address, address_bucket, user_agent, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      userId,
      identifierHash(ctx, email),
      method,
      outcome,
      client.ip,
      addressBucket(client.ip),
      client.userAgent,
      services.clock.now(),
    ],
  )
  return rows[0]!.id
}

async function countFailures(ctx: RequestContext, email: string) {
  const now = ctx.services.clock.now().getTime()
  const before = (minutes: number) => new Date(now - minutes * 60_000)
  const { rows } = await ctx.services.pool.query<{ here: number; anywhere: number; known: boolean; oldest: number | null }>(
    `with last as (
       select max(id) filter (where address_bucket = $2) as here, max(id) as anywhere
       from login_event where identifier_hash = $1 and outcome = 'success' and at > $5)
     select count(*) filter (where address_bucket = $2 and at > $3 and e.id > coalesce(last.here, 0))::int as here,
       count(*) filter (where e.id > coalesce(last.anywhere, 0))::int as anywhere,
       bool_or(last.here is not null) as known,
       (extract(epoch from min(at) filter (where address_bucket = $2 and at > $3)) * 1000)::float8 as oldest
     from login_event e cross join last where identifier_hash = $1 and outcome = 'failure' and at > $4`,
    [
      identifierHash(ctx, email),
      addressBucket(ctx.client.ip),
      before(HERE_MINUTES),
      before(ANYWHERE_MINUTES),
      before(KNOWN_DAYS * 1440),
    ],
  )
  const { here, anywhere, known, oldest } = rows[0]!
  const waitMs = (oldest ?? now) + HERE_MINUTES * 60_000 - now
  return { here, anywhere, known, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }
}

/** Attempts on addresses without an account are counted too, so they are kept under a name that does not tell the address. */
export function identifierHash({ services }: Pick<RequestContext, 'services'>, email: string): string {
  return createHmac('sha256', services.secrets.auth).update(`login identifier ${email}`).digest('base64url')
}
