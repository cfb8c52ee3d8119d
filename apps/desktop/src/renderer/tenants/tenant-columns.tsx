import type { OperatorTenant } from '@tollkeeper/shared'
import { Avatar, Badge, type Column, CopyId, DateTime, Quantity } from '@tollkeeper/ui'
import type { z } from 'zod'
import { Fitting } from '../frame/fitting.tsx'
import { PlanBadge } from './plan-badge.tsx'
import { TenantStatusBadge } from './tenant-status-badge.tsx'

export type TenantRow = z.infer<typeof OperatorTenant>

const name: Column<TenantRow> = {
  key: 'name',
  header: 'Name',
  width: '45%',
  cell: (tenant) => (
    <Fitting before={<Avatar name={tenant.name} shape="square" size="small" />} after={tenant.personal && <Badge>Personal</Badge>}>
      {tenant.name}
    </Fitting>
  ),
}
/** Where there is little room, what is usual goes without saying. */
const shortName: Column<TenantRow> = {
  ...name,
  cell: (tenant) => (
    <Fitting
      before={<Avatar name={tenant.name} shape="square" size="small" />}
      after={tenant.status === 'suspended' && <TenantStatusBadge status={tenant.status} />}
    >
      {tenant.name}
    </Fitting>
  ),
}
const plan: Column<TenantRow> = { key: 'plan', header: 'Plan', cell: (tenant) => <PlanBadge plan={tenant.plan} /> }
const status: Column<TenantRow> = {
  key: 'status',
  header: 'Status',
  cell: (tenant) => <TenantStatusBadge status={tenant.status} />,
}
const owner: Column<TenantRow> = {
  key: 'owner',
  header: 'Owner',
  width: '35%',
  cell: (tenant) => <Fitting muted={tenant.ownerEmail === null}>{tenant.ownerEmail ?? 'None'}</Fitting>,
}
const members: Column<TenantRow> = {
  key: 'members',
  header: 'Members',
  numeric: true,
  cell: (tenant) => <Quantity value={tenant.memberCount} />,
}
const keys: Column<TenantRow> = {
  key: 'keys',
  header: 'Keys',
  numeric: true,
  cell: (tenant) => <Quantity value={tenant.keyCount} />,
}
const created: Column<TenantRow> = { key: 'createdAt', header: 'Created', cell: (tenant) => <DateTime value={tenant.createdAt} /> }
const id: Column<TenantRow> = { key: 'id', header: 'Id', cell: (tenant) => <CopyId id={tenant.id} short /> }

/** What a list says about tenants, by the room it has. */
export function tenantColumns(room: 'brief' | 'normal' | 'wide'): Column<TenantRow>[] {
  if (room === 'brief') return [shortName, plan, members, created]
  if (room === 'normal') return [shortName, plan, owner, members, keys, created]
  return [name, plan, status, owner, members, keys, created, id]
}
