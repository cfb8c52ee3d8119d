import type { OperatorUser } from '@tollkeeper/shared'
import { Avatar, Badge, type Column, CopyId, DateTime, Quantity } from '@tollkeeper/ui'
import type { z } from 'zod'
import { UserStatusBadge } from './user-status-badge.tsx'

export type UserRow = z.infer<typeof OperatorUser>

const created: Column<UserRow> = {
  key: 'createdAt',
  header: 'Registered',
  cell: (user) => <DateTime value={user.createdAt} />,
}

/** What the list says about a person; the rest where there is room. */
export function userColumns(wide: boolean): Column<UserRow>[] {
  const columns: Column<UserRow>[] = [
    {
      key: 'name',
      header: 'Name',
      cell: (user) => (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={user.name} size="small" />
          <span className="max-w-36 truncate min-[72rem]:max-w-52">{user.name}</span>
          {user.operatorRole && <Badge tone="accent">Operator</Badge>}
        </span>
      ),
    },
    {
      key: 'email',
      header: 'Email',
      cell: (user) => <span className="block max-w-44 truncate min-[72rem]:max-w-64">{user.email}</span>,
    },
    { key: 'status', header: 'Status', cell: (user) => <UserStatusBadge user={user} /> },
    { key: 'tenants', header: 'Tenants', numeric: true, cell: (user) => <Quantity value={user.tenantCount} /> },
    {
      key: 'lastSeenAt',
      header: 'Last seen',
      cell: (user) => (user.lastSeenAt ? <DateTime value={user.lastSeenAt} /> : <span className="text-ink-muted">Never</span>),
    },
  ]
  return wide ? [...columns, created, { key: 'id', header: 'Id', cell: (user) => <CopyId id={user.id} short /> }] : columns
}
