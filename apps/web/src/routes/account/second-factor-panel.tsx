import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, SecretOnce, Skeleton } from '@tollkeeper/ui'
import { useEffect, useRef, useState } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { RemoveFactorDialog } from './remove-factor-dialog.tsx'
import { type Asking, SecondFactorStanding } from './second-factor-standing.tsx'
import { text } from './second-factor-text.ts'
import { SetUpTotpDialog } from './set-up-totp-dialog.tsx'

interface SecondFactorPanelProps {
  /** Two-step sign-in was turned on, and its backup codes are stored. */
  onReady?: () => void
}

/** The second step of the person's sign-ins: the app, the passkeys, and what stands in for them. */
export function SecondFactorPanel({ onReady }: SecondFactorPanelProps) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const session = useSession()
  const factor = useQuery(trpc.auth.secondFactor.read.queryOptions())
  const [asking, setAsking] = useState<Asking | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const reload = () => queries.invalidateQueries({ queryKey: trpc.auth.secondFactor.read.queryKey() })
  const show = ({ backupCodes }: { backupCodes: string[] }) => {
    setAsking(null)
    // none are told where those there are go on
    if (backupCodes.length > 0) setCodes(backupCodes)
    else onReady?.()
    void reload()
    void session.refresh()
  }
  const renew = useMutation(trpc.auth.secondFactor.renewBackupCodes.mutationOptions({ onSuccess: show }))
  const close = () => {
    setAsking(null)
    renew.reset()
  }
  return (
    <Panel title={text.title} note={factor.data && (factor.data.enabled ? text.on(factor.data.methods) : text.off)}>
      {codes && (
        <NewCodes
          codes={codes}
          onStored={() => {
            setCodes(null)
            onReady?.()
          }}
        />
      )}
      {factor.data ? (
        <SecondFactorStanding factor={factor.data} ask={setAsking} onTurnedOn={show} isTask={onReady !== undefined} />
      ) : factor.error ? (
        <FailureNotice error={factor.error} onRetry={() => void factor.refetch()} />
      ) : (
        <div aria-busy="true">
          <Skeleton width="50%" />
        </div>
      )}
      {asking === 'set-up' && <SetUpTotpDialog onClose={close} onDone={show} />}
      {factor.data && (asking === 'totp' || asking === 'passkey') && (
        <RemoveFactorDialog
          way={asking}
          isLast={!(factor.data.totpSince && factor.data.passkeysSince)}
          onClose={close}
          onDone={({ isOff }) => {
            setAsking(null)
            if (isOff) setCodes(null)
            void reload()
          }}
        />
      )}
      <Dialog
        open={asking === 'renew'}
        onOpenChange={close}
        title={text.renewTitle}
        description={text.renewBody}
        footer={
          <>
            <Button variant="primary" busy={renew.isPending} onClick={() => renew.mutate()}>
              {text.renewConfirm}
            </Button>
            <Button variant="quiet" onClick={close}>
              {text.cancel}
            </Button>
          </>
        }
      >
        {renew.error && <FailureNotice error={renew.error} />}
      </Dialog>
    </Panel>
  )
}

/** The codes, on the only occasion on which they are shown. */
function NewCodes({ codes, onStored }: { codes: readonly string[]; onStored: () => void }) {
  const block = useRef<HTMLDivElement>(null)
  useEffect(() => block.current?.focus(), [])
  return (
    <div ref={block} tabIndex={-1} className="rounded-md outline-none">
      <SecretOnce secret={codes.join('\n')} fileName={text.codes.file} labels={text.codes} onStored={onStored} />
    </div>
  )
}
