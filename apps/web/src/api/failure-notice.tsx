import { Button, ErrorNotice } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { type Failure, readFailure } from './failure.ts'
import { secondStepAddress } from './second-step-address.ts'
import { text } from './text.ts'

/** A failed call: what happened, what to do, what to quote; with a way to ask again where that may help. */
export function FailureNotice({ error, onRetry, action }: { error: unknown; onRetry?: () => void; action?: ReactNode }) {
  const failure: Failure = readFailure(error)
  const wayOut = failure.code === 'tenant.second_factor_needed' ? <SetUpSecondStep /> : null
  return (
    <ErrorNotice
      title={failure.title}
      code={failure.code}
      requestId={failure.requestId}
      action={
        (wayOut || action || onRetry) && (
          <>
            {wayOut}
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

/** A plain link: this notice also stands where there is no router above it. */
function SetUpSecondStep() {
  return (
    <Button size="small" asChild>
      <a href={secondStepAddress(`${location.pathname}${location.search}`)}>{text.setUpSecondStep}</a>
    </Button>
  )
}
