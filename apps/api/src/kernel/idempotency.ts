import type { EntityManager } from '@mikro-orm/postgresql'
import { IdempotencyRecord } from '@tollkeeper/db'
import { AppError } from './app-error.ts'
import { callerId } from './caller.ts'
import type { RequestContext } from './context.ts'

/**
 * Carries out a mutation once per caller and Idempotency-Key, and repeats its answer after that. The claim is a row of the
 * mutation's own transaction: a twin under way waits for it, a refused or crashed attempt leaves none behind.
 * The contract is Stripe's (https://docs.stripe.com/api/idempotent_requests).
 * @throws AppError idempotency.conflict, idempotency.not_repeatable
 */
export async function answerOnce<Answer>(
  em: EntityManager,
  context: RequestContext,
  now: Date,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const claim = context.idempotency
  if (!claim) return run()
  const caller = callerId(context.caller)
  const [claimed] = await em.execute<{ key: string }[]>(
    `insert into idempotency_record (caller_id, key, procedure, request_hash, repeatable, at) values (?, ?, ?, ?, ?, ?)
     on conflict (caller_id, key) do nothing returning key`,
    [caller, claim.key, claim.procedure, claim.requestHash, claim.repeatable, now],
  )
  if (!claimed) return repeat<Answer>(em, caller, claim.key, claim.requestHash)
  const answer = await run()
  if (claim.repeatable) await em.nativeUpdate(IdempotencyRecord, { callerId: caller, key: claim.key }, { answer })
  return answer
}

async function repeat<Answer>(em: EntityManager, caller: string, key: string, requestHash: string): Promise<Answer> {
  const record = await em.findOneOrFail(IdempotencyRecord, { callerId: caller, key })
  if (record.requestHash !== requestHash) throw new AppError('idempotency.conflict')
  if (!record.repeatable) throw new AppError('idempotency.not_repeatable')
  return record.answer as Answer
}

/**
 * The answer this attempt was given before, if it was: for work that asks another system before its own transaction begins, so
 * that a repetition asks nothing.
 * @throws AppError idempotency.conflict, idempotency.not_repeatable
 */
export async function earlierAnswer<Answer>(em: EntityManager, context: RequestContext): Promise<{ answer: Answer } | null> {
  const claim = context.idempotency
  if (!claim) return null
  const caller = callerId(context.caller)
  const known = await em.count(IdempotencyRecord, { callerId: caller, key: claim.key })
  return known === 0 ? null : { answer: await repeat<Answer>(em, caller, claim.key, claim.requestHash) }
}
