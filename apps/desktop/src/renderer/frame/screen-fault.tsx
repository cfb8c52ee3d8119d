import type { ErrorComponentProps } from '@tanstack/react-router'
import { FailureNotice } from '../notice/failure-notice.tsx'

/** A screen that could not be drawn. The rest of the console goes on. */
export function ScreenFault({ error, reset }: ErrorComponentProps) {
  return (
    <div className="max-w-2xl p-gutter">
      <FailureNotice error={error} onRetry={reset} />
    </div>
  )
}
