import { useEffect, useEffectEvent } from 'react'
import { holdsMod } from './mod-key.ts'

/** Keys by name: `?`, `j`, `/`, `escape`, `g u` (one after the other), `mod+k`. */
export type KeyMap = Readonly<Record<string, () => void>>

const SEQUENCE_MS = 900

/** Hears keys anywhere in the window, except while the person types in a field or a dialog is open. Keys with `mod` always work. */
export function useKeys(keys: KeyMap): void {
  const run = useEffectEvent((name: string): boolean => {
    const act = keys[name]
    act?.()
    return act !== undefined
  })
  useEffect(() => {
    let first: { key: string; at: number } | null = null
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase()
      if (holdsMod(event)) {
        if (run(`mod+${key}`)) event.preventDefault()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isCovered()) return
      const sequence = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${key}` : null
      first = null
      if ((sequence !== null && run(sequence)) || run(key)) event.preventDefault()
      else first = { key, at: event.timeStamp }
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

function isCovered(): boolean {
  return document.querySelector('dialog[open], [role="dialog"], [role="menu"], [role="listbox"]') !== null
}
