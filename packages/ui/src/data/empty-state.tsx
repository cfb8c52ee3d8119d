import type { ReactNode } from 'react'

export interface EmptyStateProps {
  /** One sentence: what would be here. */
  children: ReactNode
  /** One button: how to get it here. */
  action?: ReactNode
  /** A code sample, where the reader is a developer. */
  code?: ReactNode
}

/** Teaches what belongs in an empty place. */
export function EmptyState({ children, action, code }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-4 px-4 py-12 text-center">
      <p className="max-w-prose text-ink-muted text-pretty">{children}</p>
      {action}
      {code && <div className="mt-2 w-full max-w-2xl text-left">{code}</div>}
    </div>
  )
}
