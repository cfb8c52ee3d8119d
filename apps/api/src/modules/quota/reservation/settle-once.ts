import type { ErrorCode, ReservationView } from '@tollkeeper/shared'
import type { PoolClient } from 'pg'
import { giveBackExpired, type NamedBalance } from '../engine/give-back-expired.ts'
import type { LockedBalance } from '../engine/lock-balances.ts'
import { takeBackGrant } from '../engine/take-back-grant.ts'
import { hourOf } from '../engine/write-consumption.ts'
import { isDue, readReservation, type StoredReservation, toReservationView } from './stored-reservation.ts'

export interface Settlement {
  tenantId: string
  id: string
  /** Units that were used; zero: all of it goes back. */
  used: number
  callerId: string
  now: Date
}

/**
 * Settles a reservation under the lock of its balance, in the window it was made in. One that was settled the same way before is
 * answered the same; one past its time is given back. Refusals are returned, so that what was given back is committed.
 */
export async function settleOnce(client: PoolClient, settlement: Settlement): Promise<ReservationView | { refusal: ErrorCode }> {
  const { tenantId, id, used, now } = settlement
  const locked = await lockBalanceOf(client, tenantId, id)
  // only now: what was read before the lock may have been settled while waiting for it
  const reservation = await readReservation(client, tenantId, id)
  if (!locked || !reservation) return { refusal: 'reservation.not_found' }
  if (isDue(reservation, now)) {
    await giveBackExpired(client, [locked], now)
    reservation.state = 'expired'
  }
  if (reservation.state !== 'held') return answerSettled(reservation, used, now)
  if (used > reservation.units) return { refusal: 'reservation.amount_above' }
  await write(client, settlement, locked.windowEnd)
  if (used < reservation.units) await takeBackGrant(client, [locked], now)
  return toReservationView({ ...reservation, state: used > 0 ? 'committed' : 'released', used, settledAt: now }, now)
}

function answerSettled(reservation: StoredReservation, used: number, now: Date): ReservationView | { refusal: ErrorCode } {
  const { state } = reservation
  const isSame = used > 0 ? state === 'committed' && reservation.used === used : state !== 'committed'
  if (isSame) return toReservationView(reservation, now)
  return { refusal: state === 'expired' ? 'reservation.expired' : 'reservation.settled' }
}

async function lockBalanceOf(
  client: PoolClient,
  tenantId: string,
  id: string,
): Promise<(NamedBalance & { windowEnd: Date | null }) | null> {
  const { rows } = await client.query<LockedBalance & { featureKey: string; windowStart: Date; windowEnd: Date | null }>({
    name: 'lock-balance-of-reservation',
    text: `select b.feature_key as "featureKey", b.window_start as "windowStart", b.window_end as "windowEnd",
        b.granted::float8 as granted, b.consumed::float8 as consumed, (b.reserved + b.leased)::float8 as held
      from reservation r join balance b using (tenant_id, feature_key, window_start)
      where r.tenant_id = $1 and r.id = $2 for update of b`,
    values: [tenantId, id],
  })
  if (!rows[0]) return null
  const { featureKey, windowStart, windowEnd, ...balance } = rows[0]
  return { key: { tenantId, featureKey, window: { startText: windowStart.toISOString() } }, balance, windowEnd }
}

/** Use is counted in the hour of the commit, but never after the window it belongs to. */
async function write(client: PoolClient, { tenantId, id, used, callerId, now }: Settlement, windowEnd: Date | null): Promise<void> {
  const at = windowEnd === null ? now.getTime() : Math.min(now.getTime(), windowEnd.getTime() - 1)
  await client.query({
    name: 'settle-reservation',
    text: `with settled as (
        update reservation set state = case when $3::int8 > 0 then 'committed' else 'released' end, used = $3, settled_at = $5
        where tenant_id = $1 and id = $2 and state = 'held'
        returning tenant_id, id, feature_key, window_start, units, used
      ),
      counted as (
        update balance b set reserved = b.reserved - s.units, consumed = b.consumed + s.used, updated_at = $5
        from settled s where b.tenant_id = s.tenant_id and b.feature_key = s.feature_key and b.window_start = s.window_start
      ),
      entries as (
        insert into quota_entry (tenant_id, feature_key, window_start, kind, units, caller_id, reservation_id, at)
        select tenant_id, feature_key, window_start, e.kind, e.units, $4, id, $5
        from settled cross join lateral (values ('commit', used), ('release', units - used)) as e(kind, units) where e.units > 0
      )
      insert into usage_hour as h (tenant_id, feature_key, hour, caller_id, units)
      select tenant_id, feature_key, $6::timestamptz, $4, used from settled where used > 0
      on conflict (tenant_id, feature_key, hour, caller_id) do update set units = h.units + excluded.units`,
    values: [tenantId, id, used, callerId, now, new Date(hourOf(at))],
  })
}
