import { LEASE_SETTLES_WITHIN_SECONDS, type LeaseAnswer, type TakeLeaseInput } from '@tollkeeper/shared'
import { callerId } from '../../kernel/caller.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { reserve } from '../quota/index.ts'
import { signLease } from './sign-lease.ts'

/**
 * Decides as `authorize` does, and takes the units out of what is left when the answer is yes. They never come back by time alone: the
 * app may have used them where nobody sees it, so what it does not settle within a day after the expiry counts as used.
 * @throws AppError catalog.feature_unknown, quota.feature_not_metered, quota.not_reservable, quota.request_conflict
 */
export async function takeLease(ctx: TenantContext, { units, expiresIn, ...asked }: TakeLeaseInput): Promise<LeaseAnswer> {
  const { reservationId, expiresAt, ...decision } = await reserve(
    ctx,
    { ...asked, amount: units, expiresIn: expiresIn + LEASE_SETTLES_WITHIN_SECONDS },
    { chargedAtEnd: true },
  )
  if (reservationId === null || expiresAt === null) return { decision, lease: null }
  const settleBy = new Date(expiresAt)
  const said = {
    leaseId: reservationId,
    feature: asked.feature,
    units,
    expiresAt: new Date(settleBy.getTime() - LEASE_SETTLES_WITHIN_SECONDS * 1000),
  }
  const token = await signLease(ctx.services, {
    ...said,
    requestId: asked.requestId,
    tenantId: ctx.tenantId,
    callerId: callerId(ctx.caller),
  })
  return { decision, lease: { ...said, token, expiresAt: said.expiresAt.toISOString(), settleBy: settleBy.toISOString() } }
}
