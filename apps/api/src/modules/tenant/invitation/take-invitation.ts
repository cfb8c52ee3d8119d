import type { EntityManager } from '@mikro-orm/postgresql'
import { type Invitation, Tenant } from '@tollkeeper/db'
import { type JoinedTenant, TenantRole } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { Caller } from '../../../kernel/caller.ts'
import type { Services } from '../../../kernel/services.ts'
import { writeAudit } from '../../audit/index.ts'
import { join } from '../member/join.ts'
import { oneMemberChangeAtATime } from '../member/policy.ts'
import { inviterStandsByIt } from './describe-invitation.ts'
import { assertOpen, invitationOfLink } from './find-invitation.ts'

/** Somebody whose address is proved, and whose row, if they had one before, is locked. */
interface Invited {
  userId: string
  email: string
}

interface Taking {
  token: string
  person: Invited
  /** Who asks; the server itself for somebody who comes into being by it. */
  caller: Caller | 'system'
  requestId: string
  now: Date
}

/**
 * Uses an invitation's link up: of any number of calls with one token, one makes a member. What fails after that gives it back with
 * its transaction. The address must be the invited one to the letter: one that only looks like it is another person's.
 * @throws AppError invitation.not_found, invitation.ended, invitation.expired, invitation.other_address, tenant.suspended,
 *   member.exists, tenant.no_seat
 */
export async function takeInvitation(
  em: EntityManager,
  services: Services,
  { token, person, caller, requestId, now }: Taking,
): Promise<JoinedTenant> {
  const { tenantId } = await invitationOfLink(em, token)
  await oneMemberChangeAtATime(em, tenantId)
  const invitation = await invitationOfLink(em, token)
  assertOpen(invitation, now)
  if (person.email !== invitation.email) throw new AppError('invitation.other_address')
  await assertStillMeant(em, invitation)
  const joined = await join(em, services, { tenantId, userId: person.userId, role: TenantRole.parse(invitation.role), now })
  Object.assign(invitation, { status: 'accepted', endedAt: now, acceptedBy: person.userId })
  const { id: invitationId, invitedBy, role } = invitation
  writeAudit(em, {
    tenantId,
    action: 'member.joined',
    target: joined.memberId,
    details: { userId: person.userId, invitationId, invitedBy, role },
    caller,
    requestId,
    at: now,
  })
  return joined
}

async function assertStillMeant(em: EntityManager, invitation: Invitation): Promise<void> {
  const tenant = await em.findOneOrFail(Tenant, { id: invitation.tenantId }, { refresh: true })
  if (tenant.status !== 'active') throw new AppError('tenant.suspended')
  if (!(await inviterStandsByIt(em, invitation)))
    throw new AppError('invitation.ended', { detail: 'Who invited may not do so any more.' })
}
