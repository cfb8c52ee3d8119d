import type { OperatorUserDetail } from '@tollkeeper/shared'
import { type Column, DataTable, DateTime, EmptyState, StatusBadge, type StatusTone } from '@tollkeeper/ui'
import { Fitting } from '../frame/fitting.tsx'

type Login = OperatorUserDetail['logins'][number] & { key: string }

const tones: Record<string, StatusTone> = { success: 'allowed', failure: 'denied', refused: 'warning' }

const columns: Column<Login>[] = [
  { key: 'method', header: 'By', cell: ({ method }) => method.replaceAll('_', ' ') },
  {
    key: 'outcome',
    header: 'Outcome',
    cell: ({ outcome, reason }) => (
      <StatusBadge tone={tones[outcome] ?? 'neutral'}>
        {reason ? `${outcome}: ${reason.replaceAll('_', ' ')}` : outcome}
      </StatusBadge>
    ),
  },
  { key: 'address', header: 'Address', cell: ({ address }) => address ?? 'Not told' },
  { key: 'userAgent', header: 'Device', width: '40%', cell: ({ userAgent }) => <Fitting>{userAgent ?? 'Not told'}</Fitting> },
  { key: 'at', header: 'When', cell: ({ at }) => <DateTime value={at} /> },
]

/** Every attempt to come in as this person, the newest fifty. */
export function UserLogins({ logins }: { logins: OperatorUserDetail['logins'] | undefined }) {
  return (
    <DataTable
      label="Sign-ins of this person"
      scroll="self"
      columns={columns}
      rows={logins?.map((login, index) => ({ ...login, key: `${login.at} ${index}` }))}
      rowKey={({ key }) => key}
      skeletonRows={2}
      empty={<EmptyState>Nobody has tried to sign in as this person yet.</EmptyState>}
    />
  )
}
