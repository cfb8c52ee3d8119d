import type { InvitationStatus, InvitationView, TenantRole } from '@tollkeeper/shared'
import { Button, type Column, DateTime, DropdownMenu, StatusBadge, type StatusTone } from '@tollkeeper/ui'
import { Ellipsis } from 'lucide-react'
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

interface InvitationActs {
  /** The invitation something is being done about. */
  busy: string | null
  onResend: (invitation: InvitationView) => void
  onRevoke: (invitation: InvitationView) => void
}

/** The columns of the list of invitations; what is open, or has expired, can be sent again or revoked by who holds what it offers. */
export function invitationColumns(held: TenantRole, acts: InvitationActs): Column<InvitationView>[] {
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
      cell: (invitation) => canBeMended(invitation, held) && <Acts of={invitation} acts={acts} />,
    },
  ]
}

function canBeMended({ status, role }: InvitationView, held: TenantRole): boolean {
  return (status === 'pending' || status === 'expired') && covers(held, role)
}

function Acts({ of: invitation, acts }: { of: InvitationView; acts: InvitationActs }) {
  const label = text.actionsOf(invitation.email)
  return (
    <DropdownMenu
      items={[
        { label: words.resend, onSelect: () => acts.onResend(invitation) },
        { label: words.revoke, danger: true, separated: true, onSelect: () => acts.onRevoke(invitation) },
      ]}
      trigger={
        <Button
          variant="quiet"
          size="small"
          icon={<Ellipsis />}
          busy={acts.busy === invitation.id}
          aria-label={label}
          title={label}
        />
      }
    />
  )
}

function Status({ of: { status, expiresAt } }: { of: InvitationView }) {
  return (
    <span className="flex flex-col items-start gap-0.5 py-1.5">
      <StatusBadge tone={tones[status]}>{words.status[status]}</StatusBadge>
      {status === 'pending' && (
        <span className="whitespace-nowrap text-ink-muted text-sm max-sm:hidden">
          {words.ends} <DateTime value={expiresAt} />
        </span>
      )}
    </span>
  )
}
