import { Button, ErrorNotice } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { failureOf } from '../api/failure-of.ts'
import { ask } from '../bridge/ask.ts'
import { FailureNotice } from './failure-notice.tsx'

/** Why an act was refused. Where the server wants to know anew who is there, the way to prove it: the browser, as at the sign-in. */
export function ActFailure({ error }: { error: unknown }) {
  const { id: connectionId } = useConnection()
  const failure = failureOf(error)
  if (failure.code !== 'auth.step_up_needed') return <FailureNotice error={error} />
  return (
    <ErrorNotice
      title={failure.title}
      code={failure.code}
      requestId={failure.requestId ?? undefined}
      action={
        <Button size="small" onClick={() => void ask(window.tollkeeper.call['session.start']({ connectionId }))}>
          Prove it in your browser
        </Button>
      }
    >
      Your browser asks for your password or second factor, then brings you back here.
    </ErrorNotice>
  )
}
