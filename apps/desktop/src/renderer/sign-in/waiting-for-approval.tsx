import { Button, CopyButton, Notice } from '@tollkeeper/ui'
import { useEffect, useState } from 'react'
import type { SessionState } from '../../bridge/state.ts'

type Waiting = Extract<SessionState, { kind: 'waiting' }>

/** The code to compare, how long it is good for, and the ways on when no browser opened. */
export function WaitingForApproval({ connectionId, session }: { connectionId: string; session: Waiting }) {
  const { userCode, verificationUri, expiresAt, browserOpened, trouble } = session
  return (
    <>
      <div className="flex flex-col gap-1 rounded-md border border-line bg-surface-raised p-4">
        <span className="text-ink-muted text-sm">Your code</span>
        <code className="select-all text-3xl tracking-[0.08em]">{userCode}</code>
        <TimeLeft until={expiresAt} />
      </div>
      <p className="text-ink-muted text-pretty">
        {browserOpened
          ? 'Approve only when your browser shows the same code. This screen goes on by itself.'
          : 'No browser opened. Open the address below on any machine, and enter the code there.'}
      </p>
      {!browserOpened && <p className="break-all font-mono text-sm">{verificationUri}</p>}
      {trouble && (
        <Notice tone="warning" title={trouble.title} reference={<code>{trouble.code}</code>}>
          <p>{browserOpened ? 'The console goes on asking.' : trouble.next}</p>
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void window.tollkeeper.call['session.openBrowser']({ connectionId })}>Open again</Button>
        <CopyButton text={verificationUri} labels={{ copy: 'Copy address' }} />
        <Button variant="quiet" onClick={() => void window.tollkeeper.call['session.cancel']({ connectionId })}>
          Cancel
        </Button>
      </div>
    </>
  )
}

function TimeLeft({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(tick)
  }, [])
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000))
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return <span className="text-ink-muted text-sm tabular-nums">Good for {text} more</span>
}
