import { Children, isValidElement, type ReactNode } from 'react'

export interface BreadcrumbProps {
  /** The way here, outermost first: links, and as the last the name of this page. */
  children: ReactNode
  label?: string
}

/** Where this page lies. */
export function Breadcrumb({ children, label = 'Breadcrumb' }: BreadcrumbProps) {
  const steps = Children.toArray(children)
  return (
    <nav aria-label={label} className="min-w-0">
      <ol className="flex min-w-0 flex-wrap items-center gap-x-2 text-ink-muted text-sm [&_a:hover]:text-ink [&_a]:rounded-sm">
        {steps.map((step, index) => {
          const last = index === steps.length - 1
          return (
            <li
              key={isValidElement(step) ? step.key : String(step)}
              aria-current={last ? 'page' : undefined}
              className={last ? 'truncate text-ink' : 'flex shrink-0 items-center gap-2'}
            >
              {step}
              {!last && (
                <span aria-hidden="true" className="text-line-strong">
                  /
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
