import { useNavigate } from '@tanstack/react-router'
import type { OperatorTenantDetail } from '@tollkeeper/shared'
import { Avatar, type Column, DataTable, DateTime, EmptyState } from '@tollkeeper/ui'
import type { z } from 'zod'
import { useConnection } from '../api/connection-context.tsx'
import { Panel } from '../frame/panel.tsx'

type Member = z.infer<typeof OperatorTenantDetail>['members'][number]

const columns: Column<Member>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (member) => (
      <span className="flex min-w-0 items-center gap-2">
        <Avatar name={member.name} size="small" />
        <span className="max-w-40 truncate">{member.name}</span>
      </span>
    ),
  },
  { key: 'email', header: 'Email', cell: (member) => <span className="block max-w-56 truncate">{member.email}</span> },
  { key: 'role', header: 'Role', cell: (member) => member.role },
  { key: 'joinedAt', header: 'Joined', cell: (member) => <DateTime value={member.joinedAt} /> },
]

/** Who is in the tenant, the first hundred by when they joined. */
export function TenantMembers({ members }: { members: Member[] | undefined }) {
  const { id: connectionId } = useConnection()
  const navigate = useNavigate()
  return (
    <Panel title="Members">
      <DataTable
        label="Members"
        columns={columns}
        rows={members}
        rowKey={(member) => member.userId}
        openLabel={(member) => `Open ${member.name}`}
        onOpen={({ userId }) => void navigate({ to: '/c/$connectionId/users/$userId', params: { connectionId, userId } })}
        skeletonRows={2}
        empty={<EmptyState>Nobody is in this tenant.</EmptyState>}
      />
    </Panel>
  )
}
