import type { ReactNode } from 'react'
import { StatusShape, type StatusTone } from '../data/status-shape.tsx'

export interface NoticeProps {
  tone?: StatusTone
  title: string
  /** What to do about it. */
  children?: ReactNode
  action?: ReactNode
  /** A code, a request id: small, monospaced, at the end. */
  reference?: ReactNode
  /** Read aloud as soon as it appears. */
  urgent?: boolean
}

/** Something worth knowing, where it belongs: what happened, then what to do. */
export function Notice({ tone = 'info', title, children, action, reference, urgent }: NoticeProps) {
  return (
    <div role={urgent ? 'alert' : undefined} className="flex gap-3 rounded-md border border-line bg-surface-raised px-4 py-3">
      <span className="flex h-(--density-body-line) items-center">
        <StatusShape tone={tone} size="normal" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium">{title}</p>
        {children && <div className="flex max-w-prose flex-col gap-2 text-ink-muted text-pretty">{children}</div>}
        {action && <div className="flex flex-wrap gap-2 pt-2">{action}</div>}
        {reference && <div className="flex flex-wrap items-center gap-x-3 pt-1 text-ink-muted text-xs">{reference}</div>}
      </div>
    </div>
  )
}
