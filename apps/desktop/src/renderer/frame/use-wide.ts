import { useSyncExternalStore } from 'react'

const query = window.matchMedia('(width >= 72rem)')

/** Whether there is room for the less important columns. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => query.matches,
  )
}
