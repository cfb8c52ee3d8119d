import { useNavigate, useSearch } from '@tanstack/react-router'
import { useConnection } from '../api/connection-context.tsx'
import { useServer, useServerClient } from '../api/server-provider.tsx'
import { ListScreen } from '../frame/list-screen.tsx'
import { tenantColumns } from './tenant-columns.tsx'

/** Every tenant of the installation, newest first. */
export function TenantsScreen() {
  const { id: connectionId } = useConnection()
  const { search } = useSearch({ from: '/c/$connectionId/tenants' })
  const navigate = useNavigate()
  const server = useServer()
  const client = useServerClient()
  const asked = { limit: 50, ...(search ? { search } : {}) }
  return (
    <ListScreen
      title="Tenants"
      placeholder="Search by name, slug, member or id"
      search={search}
      onSearch={(next) =>
        void navigate({
          to: '/c/$connectionId/tenants',
          params: { connectionId },
          search: next ? { search: next } : {},
          replace: true,
        })
      }
      queryKey={server.operator.tenants.infiniteQueryKey(asked)}
      load={(page) => client.operator.tenants.query({ ...asked, ...page })}
      columns={tenantColumns}
      rowKey={(tenant) => tenant.id}
      openLabel={(tenant) => `Open ${tenant.name}`}
      onOpen={({ id: tenantId }) => void navigate({ to: '/c/$connectionId/tenants/$tenantId', params: { connectionId, tenantId } })}
      empty={
        search
          ? `No tenant matches "${search}". The search looks at names, slugs, ids and the emails of members.`
          : 'There is no tenant yet. Everyone who verifies their address gets one.'
      }
    />
  )
}
