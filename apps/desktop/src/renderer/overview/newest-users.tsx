import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DataTable, EmptyState } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { useServer } from '../api/server-provider.tsx'
import { Panel } from '../frame/panel.tsx'
import { userColumns } from '../users/user-columns.tsx'

/** Who registered last. A failure is told once, above. */
export function NewestUsers() {
  const { id: connectionId } = useConnection()
  const navigate = useNavigate()
  const server = useServer()
  const query = useQuery(server.operator.users.queryOptions({ limit: 8 }, { refetchInterval: 10_000 }))
  if (query.error && !query.data) return null
  return (
    <Panel title="Newest users">
      <DataTable
        label="Newest users"
        scroll="self"
        columns={userColumns('brief')}
        rows={query.data?.rows}
        rowKey={(user) => user.id}
        openLabel={(user) => `Open ${user.name}`}
        onOpen={({ id: userId }) => void navigate({ to: '/c/$connectionId/users/$userId', params: { connectionId, userId } })}
        skeletonRows={8}
        empty={<EmptyState>Nobody has registered yet.</EmptyState>}
      />
    </Panel>
  )
}
