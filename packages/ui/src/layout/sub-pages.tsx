import { Slot } from 'radix-ui'
import { Children, type ReactNode } from 'react'

/** The pages of one place, of which one is open: links, each the address of its page. */
export function SubPages({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-line border-b">
      {Children.map(children, (link) => (
        <Slot.Root className="-mb-px flex min-h-control shrink-0 items-center whitespace-nowrap border-transparent border-b-2 text-ink-muted no-underline transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-ink">
          {link}
        </Slot.Root>
      ))}
    </nav>
  )
}
