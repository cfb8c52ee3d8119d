import { type OperatorPermission, OperatorRole, operatorRoles } from '@tollkeeper/shared'
import { useConnection } from './connection-context.tsx'

/** Whether the operator who is signed in holds a permission, so that no button is offered that would be refused. The server decides all the same. */
export function useMay(): (permission: OperatorPermission) => boolean {
  const { session } = useConnection()
  const role = OperatorRole.safeParse(session.kind === 'signed-in' ? session.user.operatorRole : null)
  return (permission) => role.success && operatorRoles[role.data].includes(permission)
}
