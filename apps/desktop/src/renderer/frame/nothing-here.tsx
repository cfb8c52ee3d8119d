import type { ReactNode } from 'react'

/** What would be in a part of a screen, as one quiet line: a whole empty state would outweigh the parts that hold something. */
export function NothingHere({ children }: { children: ReactNode }) {
  return <p className="px-4 py-3 text-ink-muted text-pretty">{children}</p>
}
