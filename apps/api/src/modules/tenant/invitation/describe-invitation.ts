import type { EntityManager } from '@mikro-orm/postgresql'
import { type Invitation, Member, Tenant, User } from '@tollkeeper/db'
import { type InvitationOffer, TenantRole } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { mayOffer } from './end-invitations-of.ts'
import { invitationOfLink } from './find-invitation.ts'
import { statusOf } from './view.ts'

/** What an invitation offers, told to whoever holds its link: they have the mail. @throws AppError invitation.not_found */
export function describeInvitation({ services }: RequestContext, { token }: { token: string }): Promise<InvitationOffer> {
  const now = services.clock.now()
  return inSystem(services, async (em) => {
    const invitation = await invitationOfLink(em, token)
    const tenant = await em.findOneOrFail(Tenant, { id: invitation.tenantId })
    const inviter = await em.findOne(User, { id: invitation.invitedBy })
    const status = statusOf(invitation, now)
    return {
      tenant: tenant.name,
      inviter: inviter?.name ?? null,
      email: invitation.email,
      role: TenantRole.parse(invitation.role),
      status: status === 'pending' && !(await inviterStandsByIt(em, invitation)) ? 'revoked' : status,
      expiresAt: invitation.expiresAt.toISOString(),
    }
  })
}

/** Whether who invited could still do so: a member whose role covers what is offered, and whom no operator has suspended. */
export async function inviterStandsByIt(em: EntityManager, { tenantId, invitedBy, role }: Invitation): Promise<boolean> {
  const member = await em.findOne(Member, { tenantId, userId: invitedBy }, { refresh: true })
  if (!member || (await em.count(User, { id: invitedBy, status: 'active' })) === 0) return false
  return mayOffer(TenantRole.parse(member.role), TenantRole.parse(role))
}
