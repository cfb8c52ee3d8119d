import type { AuditEntryView } from '@tollkeeper/shared'
import { type Column, CopyId, DateTime, EmptyState } from '@tollkeeper/ui'
import { PagedTable } from '../../api/paged-table.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { usePages } from '../../api/use-pages.ts'
import { Page } from '../../shell/page.tsx'
import { Actor } from './actor.tsx'
import { describeAction, describeDetails } from './describe-entry.ts'
import { text } from './text.ts'

const columns: Column<AuditEntryView>[] = [
  {
    key: 'what',
    header: text.columns.what,
    cell: (entry) => (
      <span className="flex flex-col py-1">
        {describeAction(entry.action)}
        <span className="text-ink-muted text-sm [overflow-wrap:anywhere]">{describeDetails(entry.details)}</span>
        <span className="text-sm sm:hidden">
          <Actor actor={entry.actor} />
        </span>
      </span>
    ),
  },
  { key: 'who', header: text.columns.who, cell: (entry) => <Actor actor={entry.actor} />, wideOnly: true },
  {
    key: 'about',
    header: text.columns.about,
    cell: (entry) => (entry.target === null ? null : <CopyId id={entry.target} short />),
    wideOnly: true,
  },
  { key: 'when', header: text.columns.when, cell: (entry) => <DateTime value={entry.at} />, numeric: true },
]

/** What was done in the tenant. */
export function Activity() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const entries = usePages(trpc.audit.list.pathKey(), (cursor) => client.audit.list.query({ cursor }))
  return (
    <Page title={text.title} description={text.description}>
      <PagedTable
        label={text.title}
        pages={entries}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState>{text.empty}</EmptyState>}
      />
    </Page>
  )
}
