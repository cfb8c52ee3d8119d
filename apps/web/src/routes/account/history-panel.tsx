import { type Column, DateTime, EmptyState } from '@tollkeeper/ui'
import type { Answers } from '../../api/answers.ts'
import { PagedTable } from '../../api/paged-table.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { usePages } from '../../api/use-pages.ts'
import { Panel } from '../../shell/panel.tsx'
import { nameDevice } from './name-device.ts'
import { text } from './text.ts'

type LoginEvent = Answers['auth']['session']['history']['rows'][number]

const columns: Column<LoginEvent>[] = [
  {
    key: 'what',
    header: text.history.what,
    cell: ({ method, outcome }) => (
      <span className="flex flex-wrap gap-x-2">
        {method === 'confirmation' && outcome === 'success' ? text.history.confirmed : text.history.outcome[outcome]}
        <span className="text-ink-muted">{text.history.method[method]}</span>
      </span>
    ),
  },
  { key: 'device', header: text.history.device, cell: ({ device }) => nameDevice(device), wideOnly: true },
  { key: 'address', header: text.history.address, cell: ({ address }) => address ?? '–', wideOnly: true },
  { key: 'when', header: text.history.when, cell: ({ at }) => <DateTime value={at} />, numeric: true },
]

/** Who tried to come in as this person. */
export function HistoryPanel() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const history = usePages(trpc.auth.session.history.pathKey(), (cursor) => client.auth.session.history.query({ cursor }))
  return (
    <Panel title={text.history.title} note={text.history.note}>
      <PagedTable
        label={text.history.table}
        pages={history}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState>{text.history.empty}</EmptyState>}
      />
    </Panel>
  )
}
