import type { RequestContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { oneMemberChangeAtATime } from '../member/policy.ts'
import { assertOpen, invitationOfLink } from './find-invitation.ts'

/** Whoever holds the link says no; it takes no account. @throws AppError invitation.not_found, invitation.ended, invitation.expired */
export async function declineInvitation(ctx: RequestContext, { token }: { token: string }): Promise<{ done: true }> {
  await inSystemTransaction(ctx.services, async ({ em, now }) => {
    const { tenantId } = await invitationOfLink(em, token)
    await oneMemberChangeAtATime(em, tenantId)
    const invitation = await invitationOfLink(em, token)
    assertOpen(invitation, now)
    invitation.status = 'declined'
    invitation.endedAt = now
    writeAudit(em, {
      tenantId,
      action: 'invitation.declined',
      target: invitation.id,
      details: { email: invitation.email },
      caller: ctx.caller,
      requestId: ctx.requestId,
      at: now,
    })
  })
  return { done: true }
}
