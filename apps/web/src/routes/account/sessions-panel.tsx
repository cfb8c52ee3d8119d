import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, type Column, DataTable, DateTime, EmptyState } from '@tollkeeper/ui'
import type { Answers } from '../../api/answers.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Panel } from '../../shell/panel.tsx'
import { nameDevice } from './name-device.ts'
import { text } from './text.ts'

type Session = Answers['auth']['session']['list']['sessions'][number]

/** Where the person is signed in, with a way to end each, and all but this one. */
export function SessionsPanel() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const sessions = useQuery(trpc.auth.session.list.queryOptions())
  const reload = () => queries.invalidateQueries({ queryKey: trpc.auth.session.list.queryKey() })
  const end = useMutation(trpc.auth.session.revoke.mutationOptions({ onSettled: reload }))
  const endOthers = useMutation(trpc.auth.session.revokeOthers.mutationOptions({ onSettled: reload }))
  const rows = sessions.data?.sessions
  const columns: Column<Session>[] = [
    {
      key: 'device',
      header: text.sessions.device,
      cell: (session) => (
        <span className="flex flex-wrap items-center gap-x-2">
          {nameDevice(session.device)}
          {session.current && <Badge>{text.sessions.this}</Badge>}
        </span>
      ),
    },
    { key: 'address', header: text.sessions.address, cell: ({ address }) => address ?? '–', wideOnly: true },
    { key: 'lastSeen', header: text.sessions.lastSeen, cell: ({ lastSeenAt }) => <DateTime value={lastSeenAt} />, wideOnly: true },
    {
      key: 'end',
      header: text.sessions.actions,
      cell: ({ id, current, device }) =>
        !current && (
          <Button
            size="small"
            aria-label={text.sessions.endNamed(nameDevice(device))}
            busy={end.isPending && end.variables.id === id}
            onClick={() => end.mutate({ id })}
          >
            {text.sessions.end}
          </Button>
        ),
      numeric: true,
    },
  ]
  const failure = end.error ?? endOthers.error
  return (
    <Panel
      title={text.sessions.title}
      note={text.sessions.note}
      aside={
        rows && rows.length > 1 ? (
          <Button size="small" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {text.sessions.endOthers}
          </Button>
        ) : null
      }
    >
      {failure ? <FailureNotice error={failure} /> : null}
      {sessions.error && !rows ? (
        <FailureNotice error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : (
        <DataTable
          label={text.sessions.table}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          empty={<EmptyState>{text.sessions.empty}</EmptyState>}
        />
      )}
    </Panel>
  )
}
