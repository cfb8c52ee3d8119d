import type { ReactNode } from 'react'

export interface TopBarProps {
  /** Where the reader is: the tenant, a breadcrumb. */
  start?: ReactNode
  /** Search, help, the account menu. */
  end?: ReactNode
}

/** The strip above a page. */
export function TopBar({ start, end }: TopBarProps) {
  return (
    <div className="flex min-w-0 flex-1 items-center justify-between gap-4">
      <div className="flex min-w-0 items-center gap-3">{start}</div>
      <div className="flex shrink-0 items-center gap-2">{end}</div>
    </div>
  )
}
