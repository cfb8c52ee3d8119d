import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DataTable, EmptyState } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { useServer } from '../api/server-provider.tsx'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { tenantColumns } from '../tenants/tenant-columns.tsx'
import type { UserRow } from './user-columns.tsx'

/** The tenants the server finds by this person's address: those they are a member of. */
export function UserTenants({ user }: { user: UserRow }) {
  const { id: connectionId } = useConnection()
  const navigate = useNavigate()
  const server = useServer()
  const query = useQuery(server.operator.tenants.queryOptions({ search: user.email, limit: 20 }))
  if (query.error && !query.data) return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />
  return (
    <DataTable
      label="Tenants of this person"
      scroll="self"
      columns={tenantColumns('brief')}
      rows={query.data?.rows}
      rowKey={(tenant) => tenant.id}
      openLabel={(tenant) => `Open ${tenant.name}`}
      onOpen={({ id: tenantId }) => void navigate({ to: '/c/$connectionId/tenants/$tenantId', params: { connectionId, tenantId } })}
      skeletonRows={2}
      empty={<EmptyState>This person is in no tenant. A tenant of their own is made when they verify their address.</EmptyState>}
    />
  )
}
