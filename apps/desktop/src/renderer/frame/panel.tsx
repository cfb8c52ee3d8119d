import type { ReactNode } from 'react'

/** A part of a screen under its own small heading; a hairline parts it from the next. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-6 items-center justify-between gap-4">
        <h2 className="font-medium text-ink-muted">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
