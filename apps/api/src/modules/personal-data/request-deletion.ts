import type { DeletionScheduled, RequestDeletionInput } from '@tollkeeper/shared'
import { AppError, invalidInput } from '../../kernel/app-error.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { canonicalEmail, dropMailTokens, endSessionsOf, lockPerson } from '../auth/index.ts'
import { enqueueMail, readerOf, writeInstant } from '../notification/index.ts'
import { assertOwnersStay } from '../operator/index.ts'
import { revokeInvitationsBy } from '../tenant/index.ts'
import { tenantsLeftAlone } from './shared-tenants.ts'

/** Days in which whoever asked can still change their mind. */
const DAYS_TO_RECONSIDER = 14

/**
 * Schedules the deletion of the caller's account. Every other session and every mailed link ends, and so do the open invitations they
 * sent; who signs in again before the day can take it back.
 * Asking once more changes nothing.
 * @throws AppError input.invalid for an address that is not the account's, user.owns_tenants, operator.last_owner
 */
export function requestDeletion(ctx: UserContext, { email }: RequestDeletionInput): Promise<DeletionScheduled> {
  const { services, caller, requestId } = ctx
  return inSystemTransaction(services, async ({ em, now }) => {
    await assertOwnersStay(em, caller.userId)
    const user = await lockPerson(em, caller.userId)
    if (canonicalEmail(email) !== user.email) throw invalidInput('email', 'is not the address of this account')
    if (user.deleteAfter) return { deletesAt: user.deleteAfter.toISOString() }
    const alone = await tenantsLeftAlone(em, user.id)
    if (alone.length > 0) throw new AppError('user.owns_tenants', { detail: `It is ${alone.join(', ')}.` })
    const deletesAt = new Date(now.getTime() + DAYS_TO_RECONSIDER * 86_400_000)
    user.deleteAfter = deletesAt
    await dropMailTokens(em, user.id)
    await endSessionsOf(em, user.id, { except: caller.sessionId, reason: 'deletion_asked', now })
    await revokeInvitationsBy(em, { userId: user.id, caller, requestId, now })
    announceChange(em, 'user', user.id)
    const reader = await readerOf(em, user.id)
    await enqueueMail(em, services, {
      to: user.email,
      userId: user.id,
      template: 'deletion-scheduled',
      data: { name: user.name, on: writeInstant(reader, deletesAt), days: DAYS_TO_RECONSIDER },
      locale: reader.locale,
    })
    writeAudit(em, { tenantId: null, action: 'user.deletion_asked', target: user.id, caller, requestId, at: now })
    return { deletesAt: deletesAt.toISOString() }
  })
}
