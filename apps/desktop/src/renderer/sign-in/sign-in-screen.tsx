import { Button, CopyId, Mark, Notice } from '@tollkeeper/ui'
import { useState } from 'react'
import type { ConnectionView } from '../../bridge/state.ts'
import { ask, ConsoleFailure } from '../bridge/ask.ts'
import { useConsoleState } from '../bridge/console-state.tsx'
import { environmentNames } from '../frame/connection-colour.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { WaitingForApproval } from './waiting-for-approval.tsx'

/** Signing in happens in the system browser; the console never sees a password. */
export function SignInScreen({ connection }: { connection: ConnectionView }) {
  const { session, id: connectionId } = connection
  const { keeping } = useConsoleState()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const start = async () => {
    setBusy(true)
    setError(null)
    try {
      await ask(window.tollkeeper.call['session.start']({ connectionId }))
    } catch (reason) {
      setError(reason)
    } finally {
      setBusy(false)
    }
  }
  const reason = session.kind === 'signed-out' && session.reason ? new ConsoleFailure(session.reason) : null
  return (
    <div className="grid flex-1 place-items-center p-gutter">
      <div className="flex w-full max-w-sm flex-col gap-5">
        <header className="flex flex-col gap-2">
          <Mark size="2rem" />
          <h1 className="pt-1 text-xl">
            {session.kind === 'waiting' ? 'Waiting for approval in your browser' : `Sign in to ${connection.name}`}
          </h1>
          <p className="flex flex-wrap items-center gap-x-2 text-ink-muted">
            {environmentNames[connection.environment]} <span aria-hidden="true">·</span> <CopyId id={connection.url} />
          </p>
        </header>
        {session.kind === 'waiting' ? (
          <WaitingForApproval connectionId={connectionId} session={session} />
        ) : (
          <>
            {(error !== null || reason) && <FailureNotice error={error ?? reason} />}
            <p className="text-ink-muted text-pretty">
              Your browser opens the server's own page. Compare the code it shows with the one shown here, and approve.
            </p>
            {keeping === 'memory' && (
              <Notice tone="warning" title="You stay signed in until the console closes">
                <p>
                  This system has no keyring the console can trust, so the sign-in is kept in memory and never written to disk. Set
                  up GNOME Keyring or KWallet to stay signed in.
                </p>
              </Notice>
            )}
            <div>
              <Button variant="primary" busy={busy} onClick={() => void start()}>
                Sign in with your browser
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  )
}
