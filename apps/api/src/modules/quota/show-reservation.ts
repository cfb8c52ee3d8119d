import type { ReservationInput, ReservationView } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { readReservation, toReservationView } from './reservation/stored-reservation.ts'

/** A reservation as it is now. @throws AppError reservation.not_found, also for one of another tenant */
export async function showReservation({ services, tenantId }: TenantContext, { id }: ReservationInput): Promise<ReservationView> {
  const reservation = await readReservation(services.pool, tenantId, id)
  if (!reservation) throw new AppError('reservation.not_found')
  return toReservationView(reservation, services.clock.now())
}
