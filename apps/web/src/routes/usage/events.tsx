import type { RejectedEvent, UsageEventView } from '@tollkeeper/shared'
import { type Column, DateTime, EmptyState, Quantity, StatusBadge, Tabs } from '@tollkeeper/ui'
import { PagedTable } from '../../api/paged-table.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { usePages } from '../../api/use-pages.ts'
import { text } from './text.ts'

const { columns: names } = text.events

const id = <Row extends { id: string; feature: string }>(): Column<Row> => ({
  key: 'id',
  header: names.id,
  cell: (row) => (
    <span className="flex flex-col py-1">
      <span className="font-mono text-[0.92em] [overflow-wrap:anywhere]">{row.id}</span>
      <span className="text-ink-muted text-sm sm:hidden">{row.feature}</span>
    </span>
  ),
})
const counted: Column<UsageEventView>[] = [
  id(),
  { key: 'feature', header: names.feature, cell: ({ feature }) => feature, wideOnly: true },
  { key: 'amount', header: names.amount, cell: ({ amount }) => <Quantity value={amount} />, numeric: true },
  { key: 'at', header: names.at, cell: ({ at }) => <DateTime value={at} />, numeric: true },
]
const refused: Column<RejectedEvent>[] = [
  id(),
  {
    key: 'why',
    header: names.why,
    cell: ({ code, times }) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <StatusBadge tone="denied">{code}</StatusBadge>
        <span className="text-ink-muted text-sm">{text.events.times(times)}</span>
      </span>
    ),
  },
  { key: 'last', header: names.last, cell: ({ lastAt }) => <DateTime value={lastAt} />, numeric: true, wideOnly: true },
]

/** Events one by one: those that were counted, and those that were not. */
export function Events({ feature, onOpen }: { feature: string | undefined; onOpen: (id: string) => void }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const events = usePages(trpc.quota.events.queryKey({ feature }), (cursor) => client.quota.events.query({ cursor, feature }))
  const rejected = usePages(trpc.quota.rejectedEvents.pathKey(), (cursor) => client.quota.rejectedEvents.query({ cursor }))
  const table = { onOpen: (row: { id: string }) => onOpen(row.id), openLabel: (row: { id: string }) => text.events.open(row.id) }
  return (
    <Tabs
      label={text.events.title}
      tabs={[
        {
          value: 'counted',
          label: text.events.counted,
          content: (
            <PagedTable
              {...table}
              label={text.events.counted}
              pages={events}
              columns={counted}
              rowKey={(row) => row.id}
              empty={<EmptyState>{text.events.empty}</EmptyState>}
            />
          ),
        },
        {
          value: 'refused',
          label: text.events.refused,
          content: (
            <PagedTable
              {...table}
              label={text.events.refused}
              pages={rejected}
              columns={refused}
              rowKey={(row) => `${row.id} ${row.code}`}
              empty={<EmptyState>{text.events.emptyRefused}</EmptyState>}
            />
          ),
        },
      ]}
    />
  )
}
