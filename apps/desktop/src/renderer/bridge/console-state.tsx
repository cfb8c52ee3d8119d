import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { ConsoleState } from '../../bridge/state.ts'
import { ask } from './ask.ts'

const StateContext = createContext<ConsoleState | null>(null)

/** Mirrors the main process's state: read at the start, and again whenever it says that something changed. */
export function ConsoleStateProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<ConsoleState | null>(null)
  const [fault, setFault] = useState<Error | null>(null)
  useEffect(() => {
    let latest = 0
    const read = () => {
      const turn = ++latest
      ask(window.tollkeeper.call['console.state']()).then((next) => {
        if (turn === latest) setState(next)
      }, setFault)
    }
    read()
    const stop = window.tollkeeper.on('state.changed', read)
    return () => {
      latest = Number.POSITIVE_INFINITY
      stop()
    }
  }, [])
  if (fault) throw fault
  if (state === null) return null
  return <StateContext value={state}>{children}</StateContext>
}

/** What the console knows apart from the servers' own data. */
export function useConsoleState(): ConsoleState {
  const state = useContext(StateContext)
  if (state === null) throw new Error('useConsoleState needs a ConsoleStateProvider above it.')
  return state
}
