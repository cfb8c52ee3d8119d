import type { ReservationView } from '@tollkeeper/shared'
import type { Pool } from 'pg'

export interface StoredReservation {
  id: string
  /** The feature that was asked for. */
  featureKey: string
  state: ReservationView['state']
  /** In units of the feature that was asked for, as is what was used. */
  asked: number
  used: number
  /** Units of the balances that it holds, or held. */
  units: number
  decisionId: string
  createdAt: Date
  expiresAt: Date
  /** Whether it is used up, rather than given back, when its time is over. */
  chargedAtEnd: boolean
  settledAt: Date | null
}

/**
 * A reservation of the tenant as committed; that of another tenant is none. It may hold units of several balances, a row each: it is
 * held while all of them are, since the first that is given back past its time ends it.
 */
export async function readReservation(
  client: Pick<Pool, 'query'>,
  tenantId: string,
  id: string,
): Promise<StoredReservation | undefined> {
  const { rows } = await client.query<StoredReservation>({
    name: 'read-reservation',
    text: `select id, coalesce(max(asked_feature_key), max(feature_key)) as "featureKey",
        case when bool_or(state = 'committed') then 'committed' when bool_or(state = 'expired') then 'expired'
          when bool_or(state = 'held') then 'held' else 'released' end as state,
        max(asked)::float8 as asked, max(asked_used)::float8 as used, (sum(units) filter (where place >= 0))::float8 as units,
        max(decision_id) as "decisionId", max(created_at) as "createdAt", max(expires_at) as "expiresAt", max(settled_at) as "settledAt", bool_or(charged_at_end) as "chargedAtEnd"
      from reservation where tenant_id = $1 and id = $2 group by id`,
    values: [tenantId, id],
  })
  return rows[0]
}

/** Whether its time is over and nobody has given it back yet. */
export function isDue({ state, expiresAt, chargedAtEnd }: StoredReservation, now: Date): boolean {
  return state === 'held' && expiresAt <= now && !chargedAtEnd
}

/** Whether its time is over and all of it counts as used, though nobody has written that down yet. */
export function isToBeCharged({ state, expiresAt, chargedAtEnd }: StoredReservation, now: Date): boolean {
  return state === 'held' && expiresAt <= now && chargedAtEnd
}

/** A reservation past its time is told as expired from its last instant on, whenever its units are given back. */
export function toReservationView(reservation: StoredReservation, now: Date): ReservationView {
  const { id, featureKey, asked, used, decisionId, createdAt, expiresAt, settledAt } = reservation
  const state = isDue(reservation, now) ? 'expired' : reservation.state
  const settled = state === 'expired' ? expiresAt : settledAt
  return {
    reservationId: id,
    decisionId,
    feature: featureKey,
    state,
    amount: asked,
    used,
    returned: state === 'held' ? 0 : asked - used,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    settledAt: settled?.toISOString() ?? null,
  }
}
