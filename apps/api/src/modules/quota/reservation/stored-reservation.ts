import type { ReservationView } from '@tollkeeper/shared'
import type { Pool } from 'pg'

export interface StoredReservation {
  id: string
  featureKey: string
  state: ReservationView['state']
  units: number
  used: number
  decisionId: string
  createdAt: Date
  expiresAt: Date
  settledAt: Date | null
}

/** A reservation of the tenant as committed; that of another tenant is none. */
export async function readReservation(
  client: Pick<Pool, 'query'>,
  tenantId: string,
  id: string,
): Promise<StoredReservation | undefined> {
  const { rows } = await client.query<StoredReservation>({
    name: 'read-reservation',
    text: `select id, feature_key as "featureKey", state, units::float8 as units, used::float8 as used, decision_id as "decisionId",
        created_at as "createdAt", expires_at as "expiresAt", settled_at as "settledAt"
      from reservation where tenant_id = $1 and id = $2`,
    values: [tenantId, id],
  })
  return rows[0]
}

/** Whether its time is over and nobody has given it back yet. */
export function isDue({ state, expiresAt }: StoredReservation, now: Date): boolean {
  return state === 'held' && expiresAt <= now
}

/** A reservation past its time is told as expired from its last instant on, whenever its units are given back. */
export function toReservationView(reservation: StoredReservation, now: Date): ReservationView {
  const { id, featureKey, units, used, decisionId, createdAt, expiresAt, settledAt } = reservation
  const state = isDue(reservation, now) ? 'expired' : reservation.state
  const settled = state === 'expired' ? expiresAt : settledAt
  return {
    reservationId: id,
    decisionId,
    feature: featureKey,
    state,
    amount: units,
    used,
    returned: state === 'held' ? 0 : units - used,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    settledAt: settled?.toISOString() ?? null,
  }
}
