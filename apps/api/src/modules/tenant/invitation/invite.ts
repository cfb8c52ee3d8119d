import type { EntityManager } from '@mikro-orm/postgresql'
import { Invitation } from '@tollkeeper/db'
import type { InvitationView, InviteInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { callerId } from '../../../kernel/caller.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { canonicalEmail } from '../../../kernel/email-address.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import { writeAudit } from '../../audit/index.ts'
import { preferredLocale } from '../../notification/index.ts'
import { assertCovers, oneMemberChangeAtATime, roleAsOfNow } from '../member/policy.ts'
import { assertSeatFree } from '../member/seats.ts'
import { assertMayMail } from './brakes.ts'
import { sendInvitation } from './send-invitation.ts'
import { mintLink } from './token.ts'
import { toInvitationView } from './view.ts'

/**
 * Asks somebody to join, by their address. It takes no seat until it is accepted, but is refused while none is free. The mails one
 * address gets are counted over all tenants, so this acts as the server; each statement names the tenant.
 * @throws AppError member.beyond_role, member.exists, invitation.pending, tenant.no_seat, invitation.too_many
 */
export function invite(ctx: TenantContext, input: InviteInput): Promise<InvitationView> {
  const { services, tenantId, caller, requestId } = ctx
  const { role } = input
  const email = canonicalEmail(input.email)
  return inSystemTransaction(
    services,
    async ({ em, now }) => {
      await oneMemberChangeAtATime(em, tenantId)
      assertCovers(await roleAsOfNow(em, ctx, 'member:write'), role)
      await assertNotAsked(em, tenantId, email, now)
      await assertSeatFree(em, services, tenantId)
      await assertMayMail(em, services, { tenantId, email, now })
      const { token, ...link } = mintLink(now)
      const invitation = em.create(Invitation, {
        tenantId,
        id: newId('invitation', now.getTime()),
        email,
        role,
        ...link,
        status: 'pending',
        invitedBy: callerId(caller),
        sends: 1,
        createdAt: now,
        sentAt: now,
      })
      const locale = input.locale ?? preferredLocale(ctx.client.acceptLanguage ?? null)
      const inviterName = await sendInvitation(em, services, { invitation, token, locale })
      const details = { email, role }
      writeAudit(em, { tenantId, action: 'invitation.created', target: invitation.id, details, caller, requestId, at: now })
      await em.flush()
      return toInvitationView(invitation, inviterName, now)
    },
    ctx,
  )
}

/** An open invitation of the address stands in the way of another; one whose time is over makes room. */
async function assertNotAsked(em: EntityManager, tenantId: string, email: string, now: Date): Promise<void> {
  const members = await em.execute<{ id: string }[]>(
    'select m.id from member m join "user" u on u.id = m.user_id where m.tenant_id = ? and lower(u.email) = ?',
    [tenantId, email],
  )
  if (members.length > 0) throw new AppError('member.exists')
  const asked = await em.findOne(Invitation, { tenantId, email, status: 'pending' }, { refresh: true })
  if (!asked) return
  if (asked.expiresAt > now) throw new AppError('invitation.pending', { detail: `It is ${asked.id}.` })
  asked.status = 'expired'
  asked.endedAt = now
  await em.flush()
}
