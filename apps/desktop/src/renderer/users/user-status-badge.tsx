import { StatusBadge } from '@tollkeeper/ui'
import type { UserRow } from './user-columns.tsx'

/** Whether the person can sign in, and if not, why. */
export function UserStatusBadge({ user }: { user: Pick<UserRow, 'status' | 'emailVerified'> }) {
  if (user.status === 'erased') return <StatusBadge tone="neutral">Erased</StatusBadge>
  if (user.status === 'suspended') return <StatusBadge tone="denied">Suspended</StatusBadge>
  if (!user.emailVerified) return <StatusBadge tone="warning">Unverified</StatusBadge>
  return <StatusBadge tone="allowed">Active</StatusBadge>
}
