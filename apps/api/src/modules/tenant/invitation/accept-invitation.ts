import { LockMode } from '@mikro-orm/core'
import { User } from '@tollkeeper/db'
import type { JoinedTenant } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { takeInvitation } from './take-invitation.ts'

/**
 * The caller joins the tenant that invited them. Only who has proved exactly the invited address; the row is held, so that an
 * address that is being changed is either still theirs or not.
 * @throws AppError auth.user_suspended, invitation.other_address, and as takeInvitation
 */
export function acceptInvitation(ctx: UserContext, { token }: { token: string }): Promise<JoinedTenant> {
  const { services, caller, requestId } = ctx
  return inSystemTransaction(services, async ({ em, now }) => {
    const user = await em.findOne(User, { id: caller.userId }, { lockMode: LockMode.PESSIMISTIC_READ })
    if (user?.status !== 'active') throw new AppError('auth.user_suspended')
    if (!user.emailVerified) throw new AppError('invitation.other_address', { detail: 'Your address has not been proved.' })
    return takeInvitation(em, services, { token, person: { userId: user.id, email: user.email }, caller, requestId, now })
  })
}
