import type { InvitationStatus, InvitationView, TenantRole } from '@tollkeeper/shared'
import { Button, type Column, DateTime, StatusBadge, type StatusTone } from '@tollkeeper/ui'
import { text as shell } from '../../shell/text.ts'
import { covers } from './offered-roles.ts'
import { text } from './text.ts'

const words = text.invitations
const tones: Record<InvitationStatus, StatusTone> = {
  pending: 'info',
  accepted: 'allowed',
  declined: 'denied',
  revoked: 'neutral',
  expired: 'warning',
}

interface Acts {
  /** The invitation something is being done about. */
  busy: string | null
  onResend: (invitation: InvitationView) => void
  onRevoke: (invitation: InvitationView) => void
}

/** The columns of the list of invitations; what is open, or has expired, can be sent again or revoked by who holds what it offers. */
export function invitationColumns(held: TenantRole, acts: Acts): Column<InvitationView>[] {
  return [
    {
      key: 'email',
      header: words.columns.email,
      cell: (invitation) => (
        <span className="flex min-w-32 flex-col py-1.5 [overflow-wrap:anywhere]">
          {invitation.email}
          <span className="text-ink-muted text-sm sm:hidden">{shell.role[invitation.role]}</span>
        </span>
      ),
    },
    { key: 'role', header: words.columns.role, cell: ({ role }) => shell.role[role], wideOnly: true },
    { key: 'status', header: words.columns.status, cell: (invitation) => <Status of={invitation} /> },
    { key: 'by', header: words.columns.by, cell: ({ invitedBy }) => invitedBy.name ?? words.former, wideOnly: true },
    { key: 'sent', header: words.columns.sent, cell: ({ sentAt }) => <DateTime value={sentAt} />, wideOnly: true },
    {
      key: 'actions',
      header: text.columns.actions,
      numeric: true,
      cell: (invitation) =>
        (invitation.status === 'pending' || invitation.status === 'expired') &&
        covers(held, invitation.role) && (
          <span className="inline-flex flex-wrap justify-end gap-1 py-1">
            <Button
              variant="quiet"
              size="small"
              aria-label={`${words.resend}: ${invitation.email}`}
              disabled={acts.busy === invitation.id}
              onClick={() => acts.onResend(invitation)}
            >
              {words.resend}
            </Button>
            <Button
              variant="danger"
              size="small"
              aria-label={`${words.revoke}: ${invitation.email}`}
              disabled={acts.busy === invitation.id}
              onClick={() => acts.onRevoke(invitation)}
            >
              {words.revoke}
            </Button>
          </span>
        ),
    },
  ]
}

function Status({ of: { status, expiresAt } }: { of: InvitationView }) {
  return (
    <span className="flex flex-col items-start gap-0.5 py-1.5">
      <StatusBadge tone={tones[status]}>{words.status[status]}</StatusBadge>
      {status === 'pending' && (
        <span className="whitespace-nowrap text-ink-muted text-sm max-sm:hidden">
          {words.until} <DateTime value={expiresAt} />
        </span>
      )}
    </span>
  )
}
