import { createContext, useContext } from 'react'
import type { ConnectionView } from '../../bridge/state.ts'

const ConnectionContext = createContext<ConnectionView | null>(null)

/** Names the server whose screens are below. */
export const ConnectionProvider = ConnectionContext

/** The server whose screen this is. */
export function useConnection(): ConnectionView {
  const connection = useContext(ConnectionContext)
  if (connection === null) throw new Error('useConnection is for screens of a connection.')
  return connection
}
