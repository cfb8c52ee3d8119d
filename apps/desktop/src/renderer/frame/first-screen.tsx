import { Navigate } from '@tanstack/react-router'
import { useConsoleState } from '../bridge/console-state.tsx'

/** Where the console opens: at the server that was used last, or, the first time, where one is connected. */
export function FirstScreen() {
  const { chosenId, connections } = useConsoleState()
  const connectionId = chosenId ?? connections[0]?.id
  if (connectionId === undefined) return <Navigate to="/connect" replace />
  return <Navigate to="/c/$connectionId" params={{ connectionId }} replace />
}
