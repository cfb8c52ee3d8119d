import { StatusBadge } from '@tollkeeper/ui'
import type { TenantRow } from './tenant-columns.tsx'

/** Whether anything of the tenant is allowed at all. */
export function TenantStatusBadge({ status }: { status: TenantRow['status'] }) {
  return status === 'suspended' ? (
    <StatusBadge tone="denied">Suspended</StatusBadge>
  ) : (
    <StatusBadge tone="allowed">Active</StatusBadge>
  )
}
