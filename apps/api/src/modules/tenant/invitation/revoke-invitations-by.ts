import type { EntityManager } from '@mikro-orm/postgresql'
import { Invitation } from '@tollkeeper/db'
import type { Caller } from '../../../kernel/caller.ts'
import { writeAudit } from '../../audit/index.ts'

interface Going {
  userId: string
  caller: Caller | 'system'
  requestId: string | null
  now: Date
}

/**
 * Ends every open invitation somebody who goes for good has sent, in all tenants, each told in its tenant's audit trail. The caller
 * holds `holdTenantsOf`: an invitation that is being accepted is accepted before, or refused.
 */
export async function revokeInvitationsBy(em: EntityManager, { userId, caller, requestId, now }: Going): Promise<void> {
  const open = await em.find(Invitation, { invitedBy: userId, status: 'pending' }, { refresh: true })
  for (const invitation of open) {
    const { tenantId, id, email } = invitation
    invitation.status = 'revoked'
    invitation.endedAt = now
    writeAudit(em, {
      tenantId,
      action: 'invitation.revoked',
      target: id,
      details: { email, reason: 'inviter_leaves' },
      caller,
      requestId,
      at: now,
    })
  }
}
