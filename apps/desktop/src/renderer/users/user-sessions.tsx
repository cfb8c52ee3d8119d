import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperatorUserDetail } from '@tollkeeper/shared'
import { Badge, Button, type Column, DataTable, DateTime, EmptyState } from '@tollkeeper/ui'
import { useServer } from '../api/server-provider.tsx'
import { useMay } from '../api/use-may.ts'
import { Fitting } from '../frame/fitting.tsx'
import { Panel } from '../frame/panel.tsx'
import { ActFailure } from '../notice/act-failure.tsx'

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

/** Where the person is signed in now, the newest fifty, each and all of which can be ended. */
export function UserSessions({ user }: { user: OperatorUserDetail | undefined }) {
  const server = useServer()
  const queries = useQueryClient()
  const may = useMay()
  const endOne = useMutation(server.operator.endUserSession.mutationOptions())
  const end = useMutation({
    networkMode: 'always',
    mutationFn: async (sessions: readonly Session[]) => {
      for (const { id: sessionId } of sessions) await endOne.mutateAsync({ id: user!.id, sessionId })
    },
    onSettled: () => queries.invalidateQueries(),
  })
  const supports = may('user:support') && user !== undefined
  const endColumn: Column<Session> = {
    key: 'end',
    header: 'Actions',
    numeric: true,
    cell: (session) => (
      <Button
        variant="danger"
        size="small"
        aria-label={`End the session on ${session.userAgent ?? 'an unknown device'}`}
        disabled={end.isPending}
        onClick={() => end.mutate([session])}
      >
        End
      </Button>
    ),
  }
  return (
    <Panel
      title="Sessions"
      aside={
        supports &&
        user.sessions.length > 1 && (
          <Button variant="danger" size="small" busy={end.isPending} onClick={() => !end.isPending && end.mutate(user.sessions)}>
            End all
          </Button>
        )
      }
    >
      {end.error && <ActFailure error={end.error} />}
      <DataTable
        label="Sessions of this person"
        scroll="self"
        columns={supports ? [...columns, endColumn] : columns}
        rows={user?.sessions}
        rowKey={(session) => session.id}
        skeletonRows={2}
        empty={<EmptyState>This person is not signed in anywhere.</EmptyState>}
      />
    </Panel>
  )
}
