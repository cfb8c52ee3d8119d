import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DataTable, EmptyState } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { useServer } from '../api/server-provider.tsx'
import { Panel } from '../frame/panel.tsx'
import { tenantColumns } from '../tenants/tenant-columns.tsx'

/** Which tenants came last. A failure is told once, above. */
export function NewestTenants() {
  const { id: connectionId } = useConnection()
  const navigate = useNavigate()
  const server = useServer()
  const query = useQuery(server.operator.tenants.queryOptions({ limit: 8 }, { refetchInterval: 10_000 }))
  if (query.error && !query.data) return null
  return (
    <Panel title="Newest tenants">
      <DataTable
        label="Newest tenants"
        scroll="self"
        columns={tenantColumns('brief')}
        rows={query.data?.rows}
        rowKey={(tenant) => tenant.id}
        openLabel={(tenant) => `Open ${tenant.name}`}
        onOpen={({ id: tenantId }) =>
          void navigate({ to: '/c/$connectionId/tenants/$tenantId', params: { connectionId, tenantId } })
        }
        skeletonRows={8}
        empty={<EmptyState>There is no tenant yet. Everyone who verifies their address gets one.</EmptyState>}
      />
    </Panel>
  )
}
