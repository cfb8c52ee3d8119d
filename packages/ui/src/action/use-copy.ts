import { useEffect, useState } from 'react'

export type CopyState = 'idle' | 'copied' | 'failed'

/** Copies text to the clipboard and remembers for two seconds how that went. */
export function useCopy(text: string): { state: CopyState; copy: () => void } {
  const [state, setState] = useState<CopyState>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])
  const copy = () => {
    // Without a secure context there is no clipboard at all.
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('No clipboard here.'))
    written.then(
      () => setState('copied'),
      () => setState('failed'),
    )
  }
  return { state, copy }
}
