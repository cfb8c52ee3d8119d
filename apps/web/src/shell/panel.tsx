import { type ReactNode, useId } from 'react'

/** A part of a screen under its own heading, set apart by a hairline and space, not by a box. */
export function Panel({
  title,
  aside,
  note,
  children,
}: {
  title: string
  aside?: ReactNode
  note?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-4 border-line border-t pt-6 [nav+&]:border-t-0 [nav+&]:pt-0">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="flex flex-col gap-1">
          <h2 id={id} className="text-lg">
            {title}
          </h2>
          {note && <p className="max-w-prose text-ink-muted text-pretty">{note}</p>}
        </div>
        {aside}
      </div>
      {children}
    </section>
  )
}
