import { useNavigate, useSearch } from '@tanstack/react-router'
import { useConnection } from '../api/connection-context.tsx'
import { useServer, useServerClient } from '../api/server-provider.tsx'
import { useMay } from '../api/use-may.ts'
import { ListScreen } from '../frame/list-screen.tsx'
import { ImportDialog } from './import/import-dialog.tsx'
import { userColumns } from './user-columns.tsx'

/** Everyone who has registered, newest first. */
export function UsersScreen() {
  const { id: connectionId } = useConnection()
  const { search } = useSearch({ from: '/c/$connectionId/users' })
  const navigate = useNavigate()
  const server = useServer()
  const client = useServerClient()
  const may = useMay()
  const asked = { limit: 50, ...(search ? { search } : {}) }
  return (
    <ListScreen
      title="Users"
      placeholder="Search by name, email or id"
      search={search}
      onSearch={(next) =>
        void navigate({
          to: '/c/$connectionId/users',
          params: { connectionId },
          search: next ? { search: next } : {},
          replace: true,
        })
      }
      queryKey={server.operator.users.infiniteQueryKey(asked)}
      load={(page) => client.operator.users.query({ ...asked, ...page })}
      columns={userColumns}
      rowKey={(user) => user.id}
      openLabel={(user) => `Open ${user.name}`}
      onOpen={({ id: userId }) => void navigate({ to: '/c/$connectionId/users/$userId', params: { connectionId, userId } })}
      empty={search ? `Nobody matches "${search}". The search looks at names, emails and ids.` : 'Nobody has registered yet.'}
      action={may('user:import') && <ImportDialog />}
    />
  )
}
