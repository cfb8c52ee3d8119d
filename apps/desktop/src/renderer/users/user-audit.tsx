import type { OperatorUserDetail } from '@tollkeeper/shared'
import { type Column, CopyId, DataTable, DateTime, EmptyState } from '@tollkeeper/ui'
import { Fitting } from '../frame/fitting.tsx'

type Entry = OperatorUserDetail['audit'][number]

const columns: Column<Entry>[] = [
  { key: 'action', header: 'What', cell: ({ action }) => <code>{action}</code> },
  {
    key: 'actor',
    header: 'By',
    cell: ({ actor }) => (actor.id === null ? 'The server' : <CopyId id={actor.impersonatorId ?? actor.id} short />),
  },
  { key: 'details', header: 'With', width: '40%', cell: ({ details }) => <Fitting>{describe(details)}</Fitting> },
  { key: 'at', header: 'When', cell: ({ at }) => <DateTime value={at} /> },
]

/** What the person did, and what was done to them, the newest fifty. */
export function UserAudit({ audit }: { audit: Entry[] | undefined }) {
  return (
    <DataTable
      label="Audit trail of this person"
      scroll="self"
      columns={columns}
      rows={audit}
      rowKey={({ id }) => id}
      skeletonRows={2}
      empty={<EmptyState>Nothing was written down of this person yet.</EmptyState>}
    />
  )
}

function describe(details: Entry['details']): string {
  return Object.entries(details)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
