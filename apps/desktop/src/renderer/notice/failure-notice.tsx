import { Button, ErrorNotice } from '@tollkeeper/ui'
import { failureOf } from '../api/failure-of.ts'

export interface FailureNoticeProps {
  error: unknown
  onRetry?: () => void
  retrying?: boolean
}

/** A failure where its data would have been: what happened, what to do, what to quote. */
export function FailureNotice({ error, onRetry, retrying }: FailureNoticeProps) {
  const { code, title, next, requestId, faults = [] } = failureOf(error)
  return (
    <ErrorNotice
      title={title}
      code={code}
      requestId={requestId ?? undefined}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry} busy={retrying}>
            Try again
          </Button>
        )
      }
    >
      {[next, ...faults.map(({ path, message }) => `${path}: ${message}.`)].join(' ')}
    </ErrorNotice>
  )
}
