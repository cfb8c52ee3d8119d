import { useQuery } from '@tanstack/react-query'
import { type OperatorRole, operatorPermissions, operatorRoles } from '@tollkeeper/shared'
import { DataTable } from '@tollkeeper/ui'
import { useServer } from '../api/server-provider.tsx'
import { NothingHere } from '../frame/nothing-here.tsx'
import { Panel } from '../frame/panel.tsx'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { userColumns } from '../users/user-columns.tsx'
import { roleWords } from './role-words.ts'

const MOST = 100

/** One role: what it may do, in the words of its permissions, and who has it. */
export function RolePanel({ role, onOpen }: { role: OperatorRole; onOpen: (userId: string) => void }) {
  const server = useServer()
  const query = useQuery(server.operator.users.queryOptions({ role, limit: MOST }))
  const { name, does } = roleWords[role]
  return (
    <Panel title={name}>
      <p>{does}</p>
      <details className="text-ink-muted">
        <summary>{permissionCount(operatorRoles[role].length)}</summary>
        <ul className="flex list-disc flex-col pt-1 pl-5">
          {operatorRoles[role].map((permission) => (
            <li key={permission}>
              {operatorPermissions[permission]} <code className="text-xs">{permission}</code>
            </li>
          ))}
        </ul>
      </details>
      {query.error && !query.data ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <DataTable
          label={`People who are ${name.toLowerCase()}`}
          scroll="self"
          columns={userColumns('brief')}
          rows={query.data?.rows}
          rowKey={({ id }) => id}
          openLabel={(user) => `Open ${user.name}`}
          onOpen={({ id }) => onOpen(id)}
          skeletonRows={1}
          empty={<NothingHere>Nobody has this role.</NothingHere>}
        />
      )}
    </Panel>
  )
}

function permissionCount(count: number): string {
  return count === 1 ? '1 permission' : `${count} permissions`
}
