import { useRef } from 'react'

/**
 * Names an attempt at a change for the options of its call. The same change sent again after a lost answer keeps its name, so that it
 * is carried out once; another change gets another.
 */
export function useAttempt(): (change: unknown) => { context: { attempt: string } } {
  const last = useRef<{ change: string; id: string }>(undefined)
  return (change) => {
    const text = JSON.stringify(change)
    if (last.current?.change !== text) last.current = { change: text, id: crypto.randomUUID() }
    return { context: { attempt: last.current.id } }
  }
}
