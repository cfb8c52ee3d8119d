import { useRouter } from '@tanstack/react-router'
import { lastScreen } from './last-screen.ts'

/** Goes to another server, to the screen where one was there. */
export function useOpenConnection(): (connectionId: string) => void {
  const { history } = useRouter()
  return (connectionId) => history.push(lastScreen(connectionId))
}
