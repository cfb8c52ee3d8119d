import type { ReactNode } from 'react'

/** One thing the palette can do. */
export interface Command {
  id: string
  group: string
  label: string
  /** Beside the label, muted: an email, a plan. */
  detail?: string
  icon: ReactNode
  keys?: string
  /** Other words it is found by. */
  also?: string
  run: () => void
}

/** The commands whose words all begin somewhere in what they are called. */
export function matching(commands: readonly Command[], search: string): Command[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return commands.filter(({ label, group, also = '' }) => {
    const text = ` ${label} ${group} ${also}`.toLowerCase()
    return words.every((word) => text.includes(` ${word}`))
  })
}
