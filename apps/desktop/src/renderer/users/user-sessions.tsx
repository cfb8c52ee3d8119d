import type { OperatorUserDetail } from '@tollkeeper/shared'
import { Badge, type Column, DataTable, DateTime, EmptyState } from '@tollkeeper/ui'
import { Fitting } from '../frame/fitting.tsx'

type Session = OperatorUserDetail['sessions'][number]

const columns: Column<Session>[] = [
  {
    key: 'userAgent',
    header: 'Device',
    width: '60%',
    cell: (session) => (
      <Fitting after={session.impersonatorId && <Badge tone="warning">Operator</Badge>}>{session.userAgent ?? 'Not told'}</Fitting>
    ),
  },
  { key: 'address', header: 'Address', cell: (session) => session.address ?? 'Not told' },
  { key: 'createdAt', header: 'Began', cell: (session) => <DateTime value={session.createdAt} /> },
]

/** Where the person is signed in now, the newest fifty. */
export function UserSessions({ sessions }: { sessions: Session[] | undefined }) {
  return (
    <DataTable
      label="Sessions of this person"
      scroll="self"
      columns={columns}
      rows={sessions}
      rowKey={(session) => session.id}
      skeletonRows={2}
      empty={<EmptyState>This person is not signed in anywhere.</EmptyState>}
    />
  )
}
