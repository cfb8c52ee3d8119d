import type { ErrorCode, ReservationView } from '@tollkeeper/shared'
import type { PoolClient } from 'pg'
import { plainArray, textArray } from '../engine/array-literal.ts'
import { giveBackExpired } from '../engine/give-back-expired.ts'
import { type PoolRow, poolColumns, toPoolBalance } from '../engine/lock-pools.ts'
import { creditsFor } from '../engine/measured.ts'
import type { PoolBalance } from '../engine/pool.ts'
import { takeBackGrant } from '../engine/take-back-grant.ts'
import { hourOf } from '../engine/write-consumption.ts'
import { CAP_PLACE } from './hold-units.ts'
import { isDue, isToBeCharged, readReservation, type StoredReservation, toReservationView } from './stored-reservation.ts'

export interface Settlement {
  tenantId: string
  id: string
  /** What was used, in units of the feature that was asked for; zero: all of it goes back. */
  used: number
  callerId: string
  now: Date
}

interface HeldPart {
  balance: PoolBalance
  units: number
  place: number
  askedFeatureKey: string | null
}

/**
 * Settles a reservation under the locks of its balances, in the window it was made in. One that was settled the same way before is
 * answered the same; one past its time is given back, or used up where it is charged at its end. Refusals are returned, so that what was given back is committed.
 */
export async function settleOnce(client: PoolClient, settlement: Settlement): Promise<ReservationView | { refusal: ErrorCode }> {
  const { tenantId, id, used, now } = settlement
  const parts = await lockParts(client, tenantId, id)
  // only now: what was read before the lock may have been settled while waiting for it
  const reservation = await readReservation(client, tenantId, id)
  if (parts.length === 0 || !reservation) return { refusal: 'reservation.not_found' }
  const balances = parts.map(({ balance }) => balance)
  if (isDue(reservation, now) || reservation.state === 'expired') {
    await giveBackExpired(client, balances, now)
    reservation.state = 'expired'
  }
  if (reservation.state !== 'held') return answerSettled(reservation, used, now)
  if (used > reservation.asked) return { refusal: 'reservation.amount_above' }
  if (isToBeCharged(reservation, now) && used < reservation.asked) {
    await write(
      client,
      { ...settlement, used: reservation.asked },
      parts,
      parts.map(({ units }) => units),
    )
    return { refusal: 'reservation.settled' }
  }
  await write(client, settlement, parts, unitsUsed(reservation, used, parts, await rateOf(client, parts)))
  if (used < reservation.asked) await takeBackGrant(client, balances, now)
  return toReservationView({ ...reservation, state: used > 0 ? 'committed' : 'released', used, settledAt: now }, now)
}

function answerSettled(reservation: StoredReservation, used: number, now: Date): ReservationView | { refusal: ErrorCode } {
  const { state } = reservation
  const isSame = used > 0 ? state === 'committed' && reservation.used === used : state !== 'committed'
  if (isSame) return toReservationView(reservation, now)
  return { refusal: state === 'expired' ? 'reservation.expired' : 'reservation.settled' }
}

async function lockParts(client: PoolClient, tenantId: string, id: string): Promise<HeldPart[]> {
  const { rows } = await client.query<PoolRow & { units: number; place: number; askedFeatureKey: string | null }>({
    name: 'lock-balances-of-reservation',
    text: `select ${poolColumns}, r.units::float8 as units, r.place, r.asked_feature_key as "askedFeatureKey"
      from reservation r join balance b using (tenant_id, feature_key, window_start, origin)
      where r.tenant_id = $1 and r.id = $2 order by b.tenant_id, b.feature_key, b.window_start, b.origin for update of b`,
    values: [tenantId, id],
  })
  return rows
    .map(({ units, place, askedFeatureKey, ...row }) => ({ balance: toPoolBalance(row), units, place, askedFeatureKey }))
    .sort((a, b) => a.place - b.place)
}

/** What the credits of a feature cost now; null where it is not paid in credits, or no longer. */
async function rateOf(client: PoolClient, parts: readonly HeldPart[]): Promise<{ units: number; per: number } | null> {
  const { askedFeatureKey } = parts[0]!
  if (askedFeatureKey === null) return null
  const { rows } = await client.query<{ units: number; per: number }>(
    'select credit_units::float8 as units, credit_per::float8 as per from feature where key = $1 and credit_units is not null',
    [askedFeatureKey],
  )
  return rows[0] ?? null
}

/** Units of each part that are used: those that would be used up first, and never more than it holds. */
function unitsUsed(
  { asked, units }: StoredReservation,
  used: number,
  parts: readonly HeldPart[],
  rate: { units: number; per: number } | null,
): number[] {
  const wanted = used === asked ? units : rate === null ? Math.min(used, units) : Math.min(creditsFor(used, rate), units)
  let rest = used === 0 ? 0 : wanted
  return parts.map((part) => {
    if (part.place === CAP_PLACE) return Math.min(used === 0 ? 0 : wanted, part.units)
    const taken = Math.min(rest, part.units)
    rest -= taken
    return taken
  })
}

/** Use is counted in the hour of the commit, but never after the window it belongs to. */
async function write(
  client: PoolClient,
  { tenantId, id, used, callerId, now }: Settlement,
  parts: readonly HeldPart[],
  unitsOfParts: readonly number[],
): Promise<void> {
  const [first] = parts
  const endsAt = Math.min(...parts.map(({ balance }) => balance.endsAt))
  const at = Math.min(now.getTime(), endsAt - 1)
  await client.query({
    name: 'settle-reservation',
    text: `with parts as materialized (
        select * from unnest($3::timestamptz[], $4::text[], $5::int8[]) as p(window_start, origin, used)
      ),
      settled as (
        update reservation r set state = case when p.used > 0 then 'committed' else 'released' end, used = p.used, asked_used = $6, settled_at = $8
        from parts p
        where r.tenant_id = $1 and r.id = $2 and r.state = 'held' and r.window_start = p.window_start and r.origin = p.origin
        returning r.tenant_id, r.id, r.feature_key, r.window_start, r.origin, r.units, r.used, r.place, r.asked_feature_key, coalesce(r.member_id, '') as member_id
      ),
      counted as (
        update balance b set reserved = b.reserved - s.units, consumed = b.consumed + s.used, updated_at = $8
        from settled s
        where b.tenant_id = s.tenant_id and b.feature_key = s.feature_key and b.window_start = s.window_start and b.origin = s.origin
      ),
      entries as (
        insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, caller_id, reservation_id, asked_feature_key, at)
        select tenant_id, feature_key, window_start, origin, e.kind, e.units, $7, id, asked_feature_key, $8
        from settled cross join lateral (values ('commit', used), ('release', units - used)) as e(kind, units) where e.units > 0
      )
      insert into usage_hour as h (tenant_id, feature_key, hour, caller_id, member_id, units)
      select tenant_id, feature_key, $9::timestamptz, $7, member_id, sum(used) from settled where place >= 0 group by 1, 2, 5 having sum(used) > 0
      union all select $1, $10, $9, $7, max(member_id), $6::int8 from settled where $10::text is not null and $6::int8 > 0 having count(*) > 0
      on conflict (tenant_id, feature_key, hour, caller_id, member_id) do update set units = h.units + excluded.units`,
    values: [
      tenantId,
      id,
      textArray(parts.map(({ balance }) => balance.windowStart)),
      textArray(parts.map(({ balance }) => balance.origin)),
      plainArray(unitsOfParts),
      used,
      callerId,
      now,
      new Date(hourOf(at)),
      first!.askedFeatureKey,
    ],
  })
}
