import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import type { StatusTone } from '../data/status-badge.tsx'

const edges: Record<StatusTone, string> = {
  neutral: 'border-l-line-strong',
  allowed: 'border-l-allowed',
  denied: 'border-l-denied',
  warning: 'border-l-warning',
  info: 'border-l-info',
}

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
    <div
      role={urgent ? 'alert' : undefined}
      className={classNames(
        'flex flex-col gap-2 rounded-md border border-line border-l-[3px] bg-surface-raised py-3 pr-4 pl-4',
        edges[tone],
      )}
    >
      <p className="font-medium">{title}</p>
      {children && <div className="flex max-w-prose flex-col gap-2 text-ink-muted text-pretty">{children}</div>}
      {action && <div className="flex flex-wrap gap-2 pt-1">{action}</div>}
      {reference && <div className="flex flex-wrap items-center gap-x-3 pt-1 text-ink-muted text-xs">{reference}</div>}
    </div>
  )
}
