import type { PoolClient } from 'pg'
import { newId } from '../../../kernel/new-id.ts'
import type { ConsumeRequest } from '../../../kernel/ports/quota-engine.ts'
import type { Services } from '../../../kernel/services.ts'
import { plainArray, textArray } from '../engine/array-literal.ts'
import { capsOf } from '../engine/cap-of.ts'
import { giveBackExpired } from '../engine/give-back-expired.ts'
import { inTenantTurn } from '../engine/in-tenant-turn.ts'
import { lockPools, type PoolKey } from '../engine/lock-pools.ts'
import { lockRates, writeRates } from '../engine/rate-windows.ts'
import { answersOf, type GivenAnswer, storeAnswers } from '../engine/stored-answers.ts'
import { decideTurn, type Turn } from '../engine/turn.ts'
import { conflictWith, isAskedOf, withRemedies } from '../engine/waiter.ts'
import { windowOf } from '../engine/window-of.ts'

export interface HoldRequest extends ConsumeRequest {
  /** Seconds. */
  expiresIn: number
  /** Whether it is used up, rather than given back, when its time is over. */
  chargedAtEnd: boolean
}

/**
 * Holds units of the present window under the locks of their balances, and answers after the commit. What other reservations hold past
 * their time is given back first.
 * @returns null where the entitlement has other windows by now, and nothing was done
 * @throws AppError quota.request_conflict, quota.overloaded
 */
export async function holdUnits(services: Services, request: HoldRequest): Promise<GivenAnswer | null> {
  const held = await inTenantTurn(services, request.tenantId, (client) => holdOnce(client, request, services.clock.now()))
  if (held !== null && 'conflict' in held) throw conflictWith(held.conflict)
  return held
}

async function holdOnce(client: PoolClient, request: HoldRequest, now: Date): Promise<GivenAnswer | { conflict: string } | null> {
  const { tenantId, entitlement, amount, requestId, kept = null, expiresIn, measure } = request
  const featureKey = measure?.featureKey ?? entitlement.featureKey
  const { cadence, windows } = entitlement
  const window = windowOf(cadence, now.getTime(), windows)
  const caps = capsOf(request)
  const key: PoolKey = {
    tenantId,
    featureKey: entitlement.featureKey,
    cadence,
    ...(windows ? { windows } : {}),
    window,
    at: now.getTime(),
    caps,
  }
  const [pool] = await lockPools(client, [key], now)
  if (!pool) return null
  const before = (await answersOf(client, [request])).get(`${tenantId} ${requestId}`)
  if (before) {
    const isSame =
      before.featureKey === featureKey && before.amount === amount && before.expiresIn === expiresIn && isAskedOf(before, kept)
    return isSame ? before : { conflict: before.outcome.decisionId }
  }
  await giveBackExpired(client, [...pool.balances, ...pool.caps.values()], now)
  const rates = await lockRates(
    client,
    (entitlement.rates ?? []).map((rate) => ({ tenantId, featureKey: key.featureKey, ...rate })),
    now,
  )
  const turn = decideTurn({ ...request, window, measure, caps, seen: false }, pool, rates)
  const outcome = withRemedies(turn.outcome, kept)
  const reservationId = outcome.allowed ? newId('reservation', now.getTime()) : null
  const expiresAt = outcome.allowed ? new Date(now.getTime() + expiresIn * 1000) : null
  if (reservationId !== null) {
    await writeHold(client, turn, request, { reservationId, expiresAt, now })
    await writeRates(
      client,
      turn.rates.map((rate) => ({ ...rate, used: rate.used + amount })),
    )
  }
  if (requestId !== null)
    await storeAnswers(
      client,
      [
        {
          request: { tenantId, requestId, amount, featureKey, askedOf: kept?.askedOf ?? null },
          outcome,
          hold: { expiresIn, reservationId },
        },
      ],
      now,
    )
  return { outcome, reservationId, expiresAt }
}

async function writeHold(
  client: PoolClient,
  { portions, capped }: Turn,
  { tenantId, entitlement, measure, amount, callerId, memberId, decisionId, chargedAtEnd }: HoldRequest,
  { reservationId, expiresAt, now }: { reservationId: string; expiresAt: Date | null; now: Date },
): Promise<void> {
  const holds = [
    ...portions.map((portion, place) => ({ ...portion, place })),
    ...capped.map((portion) => ({ ...portion, place: CAP_PLACE })),
  ]
  await client.query({
    name: 'hold-units',
    text: `with parts as materialized (
        select * from unnest($3::timestamptz[], $4::text[], $5::int8[], $6::int[]) as p(window_start, origin, units, place)
      ),
      held as (
        update balance b set reserved = reserved + p.units, updated_at = $13 from parts p
        where b.tenant_id = $1 and b.feature_key = $2 and b.window_start = p.window_start and b.origin = p.origin
      ),
      made as (
        insert into reservation (tenant_id, feature_key, window_start, origin, place, units, id, asked_feature_key, asked, caller_id, decision_id,
          created_at, expires_at, charged_at_end, member_id)
        select $1, $2, window_start, origin, place, units, $7, $8, $9, $10, $11, $13, $12, $14, $15 from parts
      )
      insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, caller_id, reservation_id, asked_feature_key, at)
      select $1, $2, window_start, origin, 'reserve', units, $10, $7, $8, $13 from parts`,
    values: [
      tenantId,
      entitlement.featureKey,
      textArray(holds.map(({ balance }) => balance.windowStart)),
      textArray(holds.map(({ balance }) => balance.origin)),
      plainArray(holds.map(({ units }) => units)),
      plainArray(holds.map(({ place }) => place)),
      reservationId,
      measure?.rate ? measure.featureKey : null,
      amount,
      callerId,
      decisionId,
      expiresAt,
      now,
      chargedAtEnd,
      memberId ?? null,
    ],
  })
}

/** What is held of a cap is the same units once more, so it stands beside the balances and not among them. */
export const CAP_PLACE = -1
