import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useConsoleState } from '../bridge/console-state.tsx'
import { lastScreen } from './last-screen.ts'

/** Where the console opens: at the server that was used last, as it was left, or, the first time, where one is connected. */
export function FirstScreen() {
  const { chosenId, connections } = useConsoleState()
  const { history } = useRouter()
  const first = connections.find(({ id }) => id === chosenId) ?? connections[0]
  const target = first ? lastScreen(first.id) : '/connect'
  useEffect(() => history.replace(target), [history, target])
  return null
}
