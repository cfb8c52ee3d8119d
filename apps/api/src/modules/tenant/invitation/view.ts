import type { Invitation } from '@tollkeeper/db'
import { InvitationStatus, type InvitationView, TenantRole } from '@tollkeeper/shared'

/** Where an invitation stands: one whose time is over is expired, whether or not that was written down. */
export function statusOf({ status, expiresAt }: Pick<Invitation, 'status' | 'expiresAt'>, now: Date): InvitationStatus {
  return status === 'pending' && expiresAt <= now ? 'expired' : InvitationStatus.parse(status)
}

export function toInvitationView(invitation: Invitation, inviterName: string | null, now: Date): InvitationView {
  const { id, email, role, invitedBy, sends, createdAt, sentAt, expiresAt } = invitation
  return {
    id,
    email,
    role: TenantRole.parse(role),
    status: statusOf(invitation, now),
    invitedBy: { userId: invitedBy, name: inviterName },
    sends,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
