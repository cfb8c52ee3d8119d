import { User } from '@tollkeeper/db'
import type { InvitationView } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/in-transaction.ts'
import { recordAudit } from '../../audit/index.ts'
import { assertCovers, oneMemberChangeAtATime, roleAsOfNow } from '../member/policy.ts'
import { findInvitation } from './find-invitation.ts'
import { toInvitationView } from './view.ts'

/** Ends an open invitation: its link opens nothing any more. One that has ended stays as it is. @throws AppError invitation.not_found, member.beyond_role */
export function revokeInvitation(ctx: TenantContext, { id }: { id: string }): Promise<InvitationView> {
  return inTransaction(ctx, async (tx) => {
    const { em, tenantId, now } = tx
    await oneMemberChangeAtATime(em, tenantId)
    const held = await roleAsOfNow(em, ctx, 'member:write')
    const invitation = await findInvitation(em, tenantId, id)
    assertCovers(held, invitation.role)
    if (invitation.status === 'pending') {
      invitation.status = 'revoked'
      invitation.endedAt = now
      recordAudit(tx, { action: 'invitation.revoked', target: id, details: { email: invitation.email } })
    }
    const inviter = await em.findOne(User, { id: invitation.invitedBy }, { fields: ['name'] })
    return toInvitationView(invitation, inviter?.name ?? null, now)
  })
}
