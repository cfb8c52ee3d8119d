import type { PoolClient } from 'pg'
import { newId } from '../../../kernel/new-id.ts'
import type { ConsumeOutcome, ConsumeRequest } from '../../../kernel/ports/quota-engine.ts'
import type { Services } from '../../../kernel/services.ts'
import { giveBackExpired } from '../engine/give-back-expired.ts'
import { inOneTransaction } from '../engine/in-one-transaction.ts'
import { type BalanceKey, lockBalances, roomIn } from '../engine/lock-balances.ts'
import { allowedOutcome, deniedOutcome } from '../engine/outcome.ts'
import { answersOf, type GivenAnswer, storeAnswers } from '../engine/stored-answers.ts'
import { conflictWith } from '../engine/waiter.ts'
import { windowOf } from '../engine/window-of.ts'

export interface HoldRequest extends ConsumeRequest {
  /** Seconds. */
  expiresIn: number
}

/**
 * Holds units of the present window under the lock of its balance, and answers after the commit. Where room is short, what other
 * reservations hold past their time is given back first.
 * @returns null where the entitlement has another cadence by now, and nothing was done
 * @throws AppError quota.request_conflict
 */
export async function holdUnits(
  { pool, clock }: Pick<Services, 'pool' | 'clock'>,
  request: HoldRequest,
): Promise<GivenAnswer | null> {
  const held = await inOneTransaction(pool, (client) => holdOnce(client, request, clock.now()))
  if (held !== null && 'conflict' in held) throw conflictWith(held.conflict)
  return held
}

async function holdOnce(client: PoolClient, request: HoldRequest, now: Date): Promise<GivenAnswer | { conflict: string } | null> {
  const { tenantId, entitlement, amount, decisionId, requestId, expiresIn } = request
  const { featureKey, cadence } = entitlement
  const window = windowOf(cadence, now.getTime())
  const key: BalanceKey = { tenantId, featureKey, cadence, window }
  const [balance] = await lockBalances(client, [key], now)
  if (!balance) return null
  const before = (await answersOf(client, [request])).get(`${tenantId} ${requestId}`)
  if (before) {
    const isSame = before.featureKey === featureKey && before.amount === amount && before.expiresIn === expiresIn
    return isSame ? before : { conflict: before.outcome.decisionId }
  }
  if (amount > roomIn(balance)) await giveBackExpired(client, [{ key, balance }], now)
  const room = roomIn(balance)
  const fits = amount <= room
  const outcome: ConsumeOutcome = fits
    ? allowedOutcome({ decisionId, window }, balance.granted, room - amount)
    : deniedOutcome({ decisionId, window }, balance.granted, room)
  const reservationId = fits ? newId('reservation', now.getTime()) : null
  const expiresAt = fits ? new Date(now.getTime() + expiresIn * 1000) : null
  if (reservationId !== null) await writeHold(client, key, request, { reservationId, expiresAt, now })
  if (requestId !== null)
    await storeAnswers(
      client,
      [{ waiter: { tenantId, requestId, amount, entitlement }, outcome, hold: { expiresIn, reservationId } }],
      now,
    )
  return { outcome, reservationId, expiresAt }
}

async function writeHold(
  client: PoolClient,
  { tenantId, featureKey, window }: BalanceKey,
  { amount, callerId, decisionId }: HoldRequest,
  { reservationId, expiresAt, now }: { reservationId: string; expiresAt: Date | null; now: Date },
): Promise<void> {
  await client.query({
    name: 'hold-units',
    text: `with held as (
        update balance set reserved = reserved + $5::int8, updated_at = $8
        where tenant_id = $1 and feature_key = $2 and window_start = $3
      ),
      made as (
        insert into reservation (tenant_id, feature_key, window_start, id, units, caller_id, decision_id, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      )
      insert into quota_entry (tenant_id, feature_key, window_start, kind, units, caller_id, reservation_id, at)
      values ($1, $2, $3, 'reserve', $5, $6, $4, $8)`,
    values: [tenantId, featureKey, window.startText, reservationId, amount, callerId, decisionId, now, expiresAt],
  })
}
