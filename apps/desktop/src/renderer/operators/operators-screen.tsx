import { useNavigate } from '@tanstack/react-router'
import { OperatorRole } from '@tollkeeper/shared'
import { useConnection } from '../api/connection-context.tsx'
import { ListHead } from '../frame/list-head.tsx'
import { Screen } from '../frame/screen.tsx'
import { RolePanel } from './role-panel.tsx'

/** Who operates this installation: the roles there are, what each may do, and who has it. */
export function OperatorsScreen() {
  const { id: connectionId } = useConnection()
  const navigate = useNavigate()
  return (
    <Screen head={<ListHead title="Operators" count="Open a person under Users to give or take a role." />}>
      <div className="grid items-start gap-stack min-[72rem]:grid-cols-2">
        {OperatorRole.options.map((role) => (
          <RolePanel
            key={role}
            role={role}
            onOpen={(userId) => void navigate({ to: '/c/$connectionId/users/$userId', params: { connectionId, userId } })}
          />
        ))}
      </div>
    </Screen>
  )
}
