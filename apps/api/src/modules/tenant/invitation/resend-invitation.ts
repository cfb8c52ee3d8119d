import type { InvitationView } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { preferredLocale } from '../../notification/index.ts'
import { assertCovers, oneMemberChangeAtATime, roleAsOfNow } from '../member/policy.ts'
import { assertMayMail } from './brakes.ts'
import { findInvitation } from './find-invitation.ts'
import { sendInvitation } from './send-invitation.ts'
import { mintLink } from './token.ts'
import { toInvitationView } from './view.ts'

/**
 * Mails an invitation again, with a new link and its whole time; the link before opens nothing any more. Also one that has expired.
 * @throws AppError invitation.not_found, invitation.ended, member.beyond_role, invitation.too_many
 */
export function resendInvitation(ctx: TenantContext, { id }: { id: string }): Promise<InvitationView> {
  const { services, tenantId, caller, requestId } = ctx
  return inSystemTransaction(
    services,
    async ({ em, now }) => {
      await oneMemberChangeAtATime(em, tenantId)
      const held = await roleAsOfNow(em, ctx, 'member:write')
      const invitation = await findInvitation(em, tenantId, id)
      assertCovers(held, invitation.role)
      if (invitation.status !== 'pending') throw new AppError('invitation.ended', { detail: `It was ${invitation.status}.` })
      await assertMayMail(em, services, { tenantId, email: invitation.email, now })
      const { token, tokenHash, expiresAt } = mintLink(now)
      Object.assign(invitation, { tokenHash, expiresAt, sentAt: now, sends: invitation.sends + 1 })
      const locale = preferredLocale(ctx.client.acceptLanguage ?? null)
      const inviterName = await sendInvitation(em, services, { invitation, token, locale })
      const details = { email: invitation.email }
      writeAudit(em, { tenantId, action: 'invitation.resent', target: id, details, caller, requestId, at: now })
      return toInvitationView(invitation, inviterName, now)
    },
    ctx,
  )
}
