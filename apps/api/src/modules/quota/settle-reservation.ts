import type { CommitInput, ReservationInput, ReservationView } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import { callerId } from '../../kernel/caller.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { inTenantTurn } from './engine/in-tenant-turn.ts'
import { tryAgain } from './engine/try-again.ts'
import { settleOnce } from './reservation/settle-once.ts'
import { factsOf } from './tenant-facts.ts'

/**
 * Uses what a reservation holds, or less of it: the rest comes back. The same again is answered the same and counted once.
 * @param field what the caller's request calls the amount
 * @throws AppError reservation.not_found, reservation.expired, reservation.settled, reservation.amount_above, tenant.suspended
 */
export function commitReservation(ctx: TenantContext, { id, amount }: CommitInput, field = 'amount'): Promise<ReservationView> {
  return settle(ctx, id, amount, field)
}

/**
 * Gives back all that a reservation holds. Of one that was released before, or has expired, it is already back, and that is told.
 * @throws AppError reservation.not_found, reservation.settled, tenant.suspended
 */
export function releaseReservation(ctx: TenantContext, { id }: ReservationInput): Promise<ReservationView> {
  return settle(ctx, id, 0, 'id')
}

async function settle(
  { services, tenantId, caller }: TenantContext,
  id: string,
  used: number,
  field: string,
): Promise<ReservationView> {
  if ((await factsOf(services, tenantId)).status !== 'active') throw new AppError('tenant.suspended')
  const settlement = { tenantId, id, used, callerId: callerId(caller) }
  const settled = await tryAgain(() =>
    inTenantTurn(services, tenantId, (client) => settleOnce(client, { ...settlement, now: services.clock.now() })),
  )
  services.quota.roomCameBack(tenantId)
  if (!('refusal' in settled)) return settled
  const { refusal } = settled
  if (refusal !== 'reservation.amount_above') throw new AppError(refusal)
  throw new AppError(refusal, { faults: [{ path: field, message: 'is more than is held' }] })
}
