import type { SettledLease, SettleLeaseInput } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { commitReservation, releaseReservation } from '../quota/index.ts'

/**
 * Counts what was used of a lease and gives back the rest. The same again is answered the same.
 * @throws AppError reservation.not_found, reservation.settled (with another number, or too late: then all of it counts as used),
 * reservation.amount_above, tenant.suspended
 */
export async function settleLease(ctx: TenantContext, { id, used }: SettleLeaseInput): Promise<SettledLease> {
  const settled = await (used === 0 ? releaseReservation(ctx, { id }) : commitReservation(ctx, { id, amount: used }, 'used'))
  const { reservationId, feature, amount, returned, settledAt } = settled
  return { leaseId: reservationId, feature, units: amount, used: settled.used, returned, settledAt: settledAt! }
}
