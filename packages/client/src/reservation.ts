import type { AuthorizeRequest, Decision } from './decision.ts'

export interface ReserveRequest extends AuthorizeRequest {
  /** Seconds for which the units are held, 1 to 86,400. Absent: 300. */
  expiresIn?: number
}

/** A decision that holds units rather than using them. */
export interface ReservationDecision extends Decision {
  /** Commit or release it by this; null when refused: nothing is held. */
  reservationId: string | null
  /** When what is held comes back by itself, ISO 8601; null when refused. */
  expiresAt: string | null
}

export interface Reservation {
  reservationId: string
  decisionId: string
  feature: string
  state: 'held' | 'committed' | 'released' | 'expired'
  /** What was reserved. */
  amount: number
  used: number
  /** What came back of it. */
  returned: number
  createdAt: string
  expiresAt: string
  /** When it was committed or released, or expired. */
  settledAt: string | null
}
