import type { KeyView } from '@tollkeeper/shared'
import { Button, type Column, DateTime, StatusBadge, type StatusTone } from '@tollkeeper/ui'
import { scopesInShort } from './scopes-in-short.ts'
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
        <span className="flex min-w-32 flex-col py-1.5 [overflow-wrap:anywhere]">
          {key.name}
          <code className="whitespace-nowrap text-ink-muted text-sm">
            {key.prefix}…{key.lastFour}
          </code>
          <span className="sm:hidden">
            <Expiry shown={key} />
          </span>
        </span>
      ),
    },
    {
      key: 'scopes',
      header: columns.scopes,
      cell: ({ scopes }) => <span className="text-ink-muted">{scopesInShort(scopes)}</span>,
      wideOnly: true,
    },
    {
      key: 'status',
      header: columns.status,
      cell: (key) => (
        <span className="flex flex-col items-start gap-0.5 py-1.5">
          <StatusBadge tone={tones[key.status]}>{text.status[key.status]}</StatusBadge>
          <span className="max-sm:hidden">
            <Expiry shown={key} />
          </span>
        </span>
      ),
    },
    { key: 'created', header: columns.created, cell: (key) => <DateTime value={key.createdAt} />, wideOnly: true },
    {
      key: 'lastUsed',
      header: columns.lastUsed,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-ink-muted">{text.never}</span> : <DateTime value={lastUsedAt} />,
      wideOnly: true,
    },
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

/** Until when the key works. A revoked key works no more, whatever its date. */
function Expiry({ shown: { status, expiresAt } }: { shown: KeyView }) {
  if (status === 'revoked') return null
  return (
    <span className="whitespace-nowrap text-ink-muted text-sm">
      {expiresAt === null ? (
        text.doesNotExpire
      ) : (
        <>
          {status === 'active' && `${text.expires} `}
          <DateTime value={expiresAt} />
        </>
      )}
    </span>
  )
}
