import type { ReactNode } from 'react'

/** A named part of the gallery. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-stack border-line border-t pt-stack">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  )
}

/** One component in one or more of its states. */
export function Specimen({ name, children, wide }: { name: string; children: ReactNode; wide?: boolean }) {
  return (
    <div data-specimen={name} className="flex min-w-0 flex-col gap-2">
      <p className="font-medium text-ink-muted text-xs">{name}</p>
      <div className={wide ? 'min-w-0' : 'flex min-w-0 flex-wrap items-center gap-3'}>{children}</div>
    </div>
  )
}
