import type { EntityManager } from '@mikro-orm/postgresql'
import { type Invitation, Tenant, User } from '@tollkeeper/db'
import { type Locale, TenantRole } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'
import { enqueueMail } from '../../notification/index.ts'
import { INVITATION_DAYS } from './token.ts'

/** Orders the mail with the link, in the caller's transaction. @returns the name of who invited */
export async function sendInvitation(
  em: EntityManager,
  services: Services,
  { invitation, token, locale }: { invitation: Invitation; token: string; locale: Locale },
): Promise<string> {
  const tenant = await em.findOneOrFail(Tenant, { id: invitation.tenantId })
  const inviter = await em.findOneOrFail(User, { id: invitation.invitedBy })
  const role = TenantRole.parse(invitation.role)
  await enqueueMail(em, services, {
    to: invitation.email,
    template: 'invitation',
    data: { token, tenant: tenant.name, inviter: inviter.name, role, days: INVITATION_DAYS },
    locale,
  })
  return inviter.name
}
