import { Button, ErrorNotice } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { type Failure, readFailure } from './failure.ts'
import { text } from './text.ts'

/** A failed call: what happened, what to do, what to quote; with a way to ask again where that may help. */
export function FailureNotice({ error, onRetry, action }: { error: unknown; onRetry?: () => void; action?: ReactNode }) {
  const failure: Failure = readFailure(error)
  return (
    <ErrorNotice
      title={failure.title}
      code={failure.code}
      requestId={failure.requestId}
      action={
        (action || onRetry) && (
          <>
            {action}
            {onRetry && (
              <Button size="small" onClick={onRetry}>
                {text.retry}
              </Button>
            )}
          </>
        )
      }
    >
      {failure.retryAfterSeconds === undefined ? failure.next : text.retryAfter(failure.retryAfterSeconds)}
    </ErrorNotice>
  )
}
