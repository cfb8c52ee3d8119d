import { useNavigate } from '@tanstack/react-router'
import type { OperatorTenantDetail } from '@tollkeeper/shared'
import { Avatar, type Column, DataTable, DateTime, EmptyState } from '@tollkeeper/ui'
import type { z } from 'zod'
import { useConnection } from '../api/connection-context.tsx'
import { Fitting } from '../frame/fitting.tsx'
import { Panel } from '../frame/panel.tsx'

type Member = z.infer<typeof OperatorTenantDetail>['members'][number]

const columns: Column<Member>[] = [
  {
    key: 'name',
    header: 'Name',
    width: '40%',
    cell: (member) => <Fitting before={<Avatar name={member.name} size="small" />}>{member.name}</Fitting>,
  },
  { key: 'email', header: 'Email', width: '40%', cell: (member) => <Fitting>{member.email}</Fitting> },
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
        scroll="self"
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
