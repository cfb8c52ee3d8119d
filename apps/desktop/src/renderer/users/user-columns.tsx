import type { OperatorUser } from '@tollkeeper/shared'
import { Avatar, Badge, type Column, CopyId, DateTime, Quantity } from '@tollkeeper/ui'
import type { z } from 'zod'
import { Fitting } from '../frame/fitting.tsx'
import { UserStatusBadge } from './user-status-badge.tsx'

export type UserRow = z.infer<typeof OperatorUser>

const name: Column<UserRow> = {
  key: 'name',
  header: 'Name',
  width: '40%',
  cell: (user) => (
    <Fitting before={<Avatar name={user.name} size="small" />} after={user.operatorRole && <Badge tone="accent">Operator</Badge>}>
      {user.name}
    </Fitting>
  ),
}
const email: Column<UserRow> = { key: 'email', header: 'Email', width: '40%', cell: (user) => <Fitting>{user.email}</Fitting> }
const status: Column<UserRow> = { key: 'status', header: 'Status', cell: (user) => <UserStatusBadge user={user} /> }
const tenants: Column<UserRow> = {
  key: 'tenants',
  header: 'Tenants',
  numeric: true,
  cell: (user) => <Quantity value={user.tenantCount} />,
}
const lastSeen: Column<UserRow> = {
  key: 'lastSeenAt',
  header: 'Last seen',
  cell: (user) => (user.lastSeenAt ? <DateTime value={user.lastSeenAt} /> : <span className="text-ink-muted">Never</span>),
}
const created: Column<UserRow> = { key: 'createdAt', header: 'Registered', cell: (user) => <DateTime value={user.createdAt} /> }
const id: Column<UserRow> = { key: 'id', header: 'Id', cell: (user) => <CopyId id={user.id} short /> }

/** What a list says about people, by the room it has. */
export function userColumns(room: 'brief' | 'normal' | 'wide'): Column<UserRow>[] {
  if (room === 'brief') return [name, email, created]
  if (room === 'normal') return [name, email, status, tenants, lastSeen]
  return [name, email, status, tenants, lastSeen, created, id]
}
