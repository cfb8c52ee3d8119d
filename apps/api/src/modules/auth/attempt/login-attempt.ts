import { createHmac } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { LoginEvent } from '@tollkeeper/db'
import type { LoginMethod } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { addressBucket } from '../../../kernel/client-address.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { whyRefused } from './why-refused.ts'

export type LoginFailure =
  | 'wrong_password'
  | 'unknown'
  | 'wrong_code'
  | 'expired'
  | 'passkey_refused'
  | 'unverified'
  | 'unverified_there'
  | 'suspended'
  | 'denied'

export interface LoginAttempt {
  /** Of its row, for whoever ends it in a transaction of their own (see recordArrival). */
  id: string
  succeeded(userId: string): Promise<void>
  failed(reason: LoginFailure, userId: string | null): Promise<void>
}

/**
 * Writes down that somebody tries to come in, then asks whether they may try. Each attempt is on record as a failure before it is
 * judged, so any number of them at once, on any number of nodes, gets no more tries than one after the other.
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
  const refusal = await whyRefused(ctx, { identifierHash: identifierHash(ctx, email), method })
  if (refusal) {
    await finish('refused', refusal.reason, null)
    services.brakes.noteRefusal(refusal.reason)
    throw new AppError('rate.limited', { retryAfterSeconds: refusal.retryAfterSeconds, detail: refusal.detail })
  }
  return {
    id,
    succeeded: (userId) => finish('success', null, userId),
    failed: (reason, userId) => finish('failure', reason, userId),
  }
}

/** Writes down, in the caller's transaction, what came of a sign-in that proved who somebody is. */
export async function recordArrival(
  em: EntityManager,
  ctx: RequestContext,
  { attempt, ...fact }: Omit<LoginEventFact, 'outcome'> & { attempt?: LoginAttempt; outcome: 'success' | 'pending' },
): Promise<void> {
  if (!attempt) return record(em, ctx, fact)
  const { outcome, userId } = fact
  await em.execute('update login_event set outcome = ?, reason = null, user_id = ? where id = ?', [outcome, userId, attempt.id])
}

/** Writes down, in the caller's transaction, a step of a sign-in that failed after the first. */
export function recordFailure(
  em: EntityManager,
  ctx: RequestContext,
  fact: LoginEventFact & { outcome: 'failure' | 'refused'; reason: string },
): Promise<void> {
  return record(em, ctx, fact)
}

async function record(
  em: EntityManager,
  ctx: RequestContext,
  { email, ...fact }: LoginEventFact & { reason?: string },
): Promise<void> {
  const { services, client } = ctx
  em.create(LoginEvent, {
    ...fact,
    identifierHash: identifierHash(ctx, email),
    ipAddress: client.ip,
    addressBucket: addressBucket(client.ip),
    userAgent: client.userAgent,
    at: services.clock.now(),
  })
  await em.flush()
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

/** Attempts on addresses without an account are counted too, so they are kept under a name that does not tell the address. */
export function identifierHash({ services }: Pick<RequestContext, 'services'>, email: string): string {
  return createHmac('sha256', services.secrets.auth).update(`login identifier ${email}`).digest('base64url')
}
