import type { KeyboardEvent } from 'react'

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }

/** Moves the focus from one row's opener to the next: arrows or J and K, Home and End. Typing in a field inside a row is left alone. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (!(event.target instanceof HTMLElement) || event.target.dataset.rowOpener === undefined) return
  const openers = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-opener]')]
  const here = openers.indexOf(event.target)
  const step = steps[event.key]
  const target =
    event.key === 'Home' ? openers[0] : event.key === 'End' ? openers.at(-1) : step === undefined ? undefined : openers[here + step]
  if (target === undefined) return
  event.preventDefault()
  target.focus()
  target.closest('tr')?.scrollIntoView({ block: 'nearest' })
}
