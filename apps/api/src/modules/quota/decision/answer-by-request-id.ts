import type { Pool } from 'pg'
import type { ConsumeOutcome, KeptWithAnswer } from '../../../kernel/ports/quota-engine.ts'
import { isContention } from '../engine/statement-failure.ts'
import { answersOf, type GivenAnswer, storeAnswers } from '../engine/stored-answers.ts'
import { conflictWith, isAskedOf, withRemedies } from '../engine/waiter.ts'

interface NamedRequest {
  tenantId: string
  requestId: string
  featureKey: string
  amount: number
  kept: KeptWithAnswer
  /** Seconds for which units were to be held; null: they were to be used at once. */
  expiresIn: number | null
}

/**
 * Stores an answer that consumed nothing under its request id, so that the id is answered the same from now on; or gives the
 * answer the id had before.
 * @throws AppError quota.request_conflict when something else was asked under the id
 */
export async function answerByRequestId(
  pool: Pool,
  request: NamedRequest,
  outcome: ConsumeOutcome,
  now: Date,
): Promise<GivenAnswer> {
  const { tenantId, requestId, amount, featureKey, expiresIn, kept } = request
  const name = `${request.tenantId} ${request.requestId}`
  const told = withRemedies(outcome, kept)
  const given: GivenAnswer = { outcome: told, reservationId: null, expiresAt: null }
  const hold = expiresIn === null ? {} : { hold: { expiresIn, reservationId: null } }
  try {
    const named = { tenantId, requestId, amount, featureKey, askedOf: kept.askedOf }
    await storeAnswers(pool, [{ request: named, outcome: told, ...hold }], now)
    return given
  } catch (error) {
    if (!isContention(error)) throw error
  }
  const before = (await answersOf(pool, [request])).get(name)
  if (!before) return given
  if (before.featureKey !== featureKey || before.amount !== amount || before.expiresIn !== expiresIn || !isAskedOf(before, kept))
    throw conflictWith(before.outcome.decisionId)
  return before
}
