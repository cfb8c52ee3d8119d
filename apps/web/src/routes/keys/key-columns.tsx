import type { KeyView } from '@tollkeeper/shared'
import { Button, type Column, DateTime, StatusBadge, type StatusTone } from '@tollkeeper/ui'
import { text } from './text.ts'

const tones: Record<KeyView['status'], StatusTone> = { active: 'allowed', revoked: 'denied', expired: 'neutral' }

/** The columns of the key table; the last one only where the reader may revoke. */
export function keyColumns(onRevoke: ((key: KeyView) => void) | undefined): Column<KeyView>[] {
  const { columns } = text
  return [
    {
      key: 'name',
      header: columns.name,
      cell: (key) => (
        <span className="flex min-w-0 flex-col py-1 [overflow-wrap:anywhere]">
          {key.name}
          <span className="sm:hidden">
            <KeyEnds shown={key} />
          </span>
        </span>
      ),
    },
    { key: 'key', header: columns.key, cell: (key) => <KeyEnds shown={key} />, wideOnly: true },
    {
      key: 'scopes',
      header: columns.scopes,
      cell: ({ scopes }) => <span className="text-ink-muted">{scopes.map((scope) => text.scopes[scope].short).join(', ')}</span>,
      wideOnly: true,
    },
    {
      key: 'status',
      header: columns.status,
      cell: ({ status }) => <StatusBadge tone={tones[status]}>{text.status[status]}</StatusBadge>,
    },
    { key: 'created', header: columns.created, cell: (key) => <DateTime value={key.createdAt} />, numeric: true, wideOnly: true },
    { key: 'lastUsed', header: columns.lastUsed, cell: (key) => <OrNever at={key.lastUsedAt} />, numeric: true, wideOnly: true },
    { key: 'expires', header: columns.expires, cell: (key) => <OrNever at={key.expiresAt} />, numeric: true, wideOnly: true },
    ...(onRevoke ? [revokeColumn(onRevoke)] : []),
  ]
}

function revokeColumn(onRevoke: (key: KeyView) => void): Column<KeyView> {
  return {
    key: 'actions',
    header: text.actions,
    numeric: true,
    cell: (key) =>
      key.status === 'active' && (
        <Button variant="danger" size="small" aria-label={text.revokeOf(key.name)} onClick={() => onRevoke(key)}>
          {text.revoke}
        </Button>
      ),
  }
}

function KeyEnds({ shown }: { shown: KeyView }) {
  return (
    <code className="whitespace-nowrap text-ink-muted text-sm">
      {shown.prefix}…{shown.lastFour}
    </code>
  )
}

function OrNever({ at }: { at: string | null }) {
  return at === null ? <span className="text-ink-muted">{text.never}</span> : <DateTime value={at} />
}
