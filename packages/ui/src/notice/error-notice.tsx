import type { ReactNode } from 'react'
import { CopyId } from '../data/copy-id.tsx'
import { Notice } from './notice.tsx'

export interface ErrorNoticeProps {
  /** What happened: "The key was not issued." */
  title: string
  /** What the reader can do: a sentence, or a few. */
  children: ReactNode
  /** The stable code of the failure. */
  code?: string
  requestId?: string
  requestLabel?: string
  /** A retry, a link to settings. */
  action?: ReactNode
}

/** A failure: what happened, what to do, and what to quote to support. */
export function ErrorNotice({ title, children, code, requestId, requestLabel = 'Request', action }: ErrorNoticeProps) {
  return (
    <Notice
      tone="denied"
      title={title}
      urgent
      action={action}
      reference={
        (code || requestId) && (
          <>
            {code && <code>{code}</code>}
            {requestId && (
              <span className="inline-flex items-center gap-1.5">
                {requestLabel} <CopyId id={requestId} />
              </span>
            )}
          </>
        )
      }
    >
      <p>{children}</p>
    </Notice>
  )
}
