import type { Pool } from 'pg'
import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import { isContention } from '../engine/statement-failure.ts'
import { answersOf, storeAnswers } from '../engine/stored-answers.ts'
import { conflictWith } from '../engine/waiter.ts'

interface NamedRequest {
  tenantId: string
  requestId: string
  featureKey: string
  amount: number
}

/**
 * Stores an answer that consumed nothing under its request id, so that the id is answered the same from now on; or gives the
 * answer the id had before.
 * @throws AppError quota.request_conflict when the id was used for another feature or amount
 */
export async function answerByRequestId(
  pool: Pool,
  request: NamedRequest,
  outcome: ConsumeOutcome,
  now: Date,
): Promise<ConsumeOutcome> {
  const { tenantId, requestId, amount, featureKey } = request
  try {
    await storeAnswers(pool, [{ waiter: { tenantId, requestId, amount, entitlement: { featureKey } }, outcome }], now)
    return outcome
  } catch (error) {
    if (!isContention(error)) throw error
  }
  const before = (await answersOf(pool, [request])).get(`${tenantId} ${requestId}`)
  if (!before) return outcome
  if (before.featureKey !== featureKey || before.amount !== amount) throw conflictWith(before.outcome.decisionId)
  return before.outcome
}
