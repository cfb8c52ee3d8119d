import { Tooltip } from '@tollkeeper/ui'
import type { ReactNode } from 'react'

export interface FittingProps {
  children: string
  before?: ReactNode
  after?: ReactNode
  muted?: boolean
}

/** Text of a table cell that takes the room its column has, and never makes the table wider; all of it on hover. */
export function Fitting({ children, before, after, muted }: FittingProps) {
  return (
    <span className="flex w-0 min-w-full items-center gap-2">
      {before}
      <Tooltip content={children}>
        <span className={muted ? 'min-w-0 truncate text-ink-muted' : 'min-w-0 truncate'}>{children}</span>
      </Tooltip>
      {after}
    </span>
  )
}
