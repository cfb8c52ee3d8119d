import type { ReactNode } from 'react'

/** A screen's head, and below it what scrolls. `fill` gives the body the height that is left, for a table that scrolls by itself. */
export function Screen({ head, fill, children }: { head: ReactNode; fill?: boolean; children: ReactNode }) {
  return (
    <div className={fill ? 'flex min-h-0 flex-1 flex-col gap-3 px-gutter py-3' : 'flex flex-col gap-stack px-gutter py-3 pb-8'}>
      {head}
      {children}
    </div>
  )
}
