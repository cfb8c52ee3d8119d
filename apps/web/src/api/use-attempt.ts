import { useCallback, useRef } from 'react'
import { newId } from './new-id.ts'

/**
 * Names one attempt at a change. Trying again after a lost answer keeps the name, so that the change happens once; call
 * `renew` when it was answered, or when what is asked has changed.
 */
export function useAttempt(): { current: () => string; renew: () => void } {
  const id = useRef<string | null>(null)
  const current = useCallback(() => {
    id.current ??= newId()
    return id.current
  }, [])
  const renew = useCallback(() => {
    id.current = null
  }, [])
  return { current, renew }
}
