import type { ReactNode } from 'react'

/** The head of a list: its name, how many rows fit, and the search. */
export function ListHead({ title, count, children }: { title: string; count: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex min-h-control shrink-0 flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="flex items-baseline gap-3">
        <h1 className="text-lg">{title}</h1>
        <span role="status" className="text-ink-muted tabular-nums">
          {count}
        </span>
      </div>
      {children}
    </header>
  )
}
