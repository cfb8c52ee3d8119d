import type { PoolClient } from 'pg'
import { newId } from '../../../kernel/new-id.ts'
import type { LockedPool } from '../engine/lock-pools.ts'
import { allowedOutcome } from '../engine/outcome.ts'
import { limitOf } from '../engine/pool.ts'
import { answersOf, type FreshAnswer, storeAnswers } from '../engine/stored-answers.ts'
import type { QuotaWindow } from '../engine/window-of.ts'
import type { CountableEvent } from './judged-event.ts'

/** What became of the `authorize` an event stands for. */
type RequestFate = 'counted' | 'refused'

/**
 * The requests that events stand for, as far as they were answered: one that was counted makes its event a duplicate, one that
 * was refused does not, as the app did without the answer.
 */
export async function requestFates(
  client: PoolClient,
  tenantId: string,
  events: readonly CountableEvent[],
): Promise<Map<string, RequestFate>> {
  const named = events.flatMap(({ requestId }) => (requestId === null ? [] : [{ tenantId, requestId }]))
  const answers = await answersOf(client, named)
  return new Map(
    named.flatMap(({ requestId }) => {
      const answer = answers.get(`${tenantId} ${requestId}`)
      // a reservation holds units; what is used of it is told by its commit
      if (!answer || answer.expiresIn !== null) return []
      return [[requestId, answer.outcome.allowed ? 'counted' : 'refused'] as const]
    }),
  )
}

export interface AnsweredEvent {
  event: CountableEvent
  window: QuotaWindow
  pool: LockedPool
}

/**
 * Answers the requests that events stand for, so that one still under way, or asked again, is answered by what was counted here.
 * @throws a unique violation when one is answered elsewhere at the same time: then it can be tried again
 */
export async function answerRequests(
  client: PoolClient,
  tenantId: string,
  counted: readonly AnsweredEvent[],
  now: Date,
): Promise<void> {
  const answers = counted.flatMap(({ event, window, pool }): FreshAnswer[] => {
    const { requestId, featureKey, amount } = event
    if (requestId === null) return []
    const decisionId = newId('decision', now.getTime())
    const { limit, remaining } = limitOf(pool.balances)
    const outcome = allowedOutcome({ decisionId, window }, limit, Math.max(0, remaining ?? 0))
    return [{ request: { tenantId, requestId, amount, featureKey, askedOf: null }, outcome }]
  })
  await storeAnswers(client, answers, now)
}
