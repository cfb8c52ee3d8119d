import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, DateTime, Dialog, KeyValueList, Notice, SecretOnce, Skeleton } from '@tollkeeper/ui'
import { useEffect, useRef, useState } from 'react'
import type { Answers } from '../../api/answers.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { text } from './second-factor-text.ts'
import { SetUpTotpDialog } from './set-up-totp-dialog.tsx'

const FEW = 3

/** The second step of the person's sign-ins: the app, and what stands in for it. */
export function SecondFactorPanel() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const session = useSession()
  const factor = useQuery(trpc.auth.secondFactor.read.queryOptions())
  const [asking, setAsking] = useState<'set-up' | 'remove' | 'renew' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const reload = () => queries.invalidateQueries({ queryKey: trpc.auth.secondFactor.read.queryKey() })
  const show = ({ backupCodes }: { backupCodes: string[] }) => {
    setAsking(null)
    setCodes(backupCodes)
    void reload()
    void session.refresh()
  }
  const remove = useMutation(
    trpc.auth.secondFactor.removeTotp.mutationOptions({
      onSuccess: () => {
        setAsking(null)
        setCodes(null)
        void reload()
      },
    }),
  )
  const renew = useMutation(trpc.auth.secondFactor.renewBackupCodes.mutationOptions({ onSuccess: show }))
  const close = () => {
    setAsking(null)
    remove.reset()
    renew.reset()
  }
  return (
    <Panel title={text.title} note={factor.data && (factor.data.enabled ? text.on : text.off)}>
      {codes && <NewCodes codes={codes} onStored={() => setCodes(null)} />}
      {factor.data ? (
        <Standing factor={factor.data} ask={setAsking} />
      ) : factor.error ? (
        <FailureNotice error={factor.error} onRetry={() => void factor.refetch()} />
      ) : (
        <div aria-busy="true">
          <Skeleton width="50%" />
        </div>
      )}
      {asking === 'set-up' && <SetUpTotpDialog onClose={close} onDone={show} />}
      <Dialog
        open={asking === 'remove'}
        onOpenChange={close}
        title={text.removeTitle}
        description={text.removeBody}
        footer={
          <>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              {text.confirm.remove}
            </Button>
            <Button variant="quiet" onClick={close}>
              {text.cancel}
            </Button>
          </>
        }
      >
        {remove.error && <FailureNotice error={remove.error} />}
      </Dialog>
      <Dialog
        open={asking === 'renew'}
        onOpenChange={close}
        title={text.renewTitle}
        description={text.renewBody}
        footer={
          <>
            <Button variant="primary" busy={renew.isPending} onClick={() => renew.mutate()}>
              {text.confirm.renew}
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

type Factor = Answers['auth']['secondFactor']['read']

function Standing({ factor, ask }: { factor: Factor; ask: (what: 'set-up' | 'remove' | 'renew') => void }) {
  const { enabled, totpSince, backupCodesLeft, requiredBy } = factor
  if (!enabled) {
    return (
      <>
        {requiredBy.length > 0 && (
          <Notice tone="warning" title={text.requiredBy(requiredBy.join(', '))}>
            {text.requiredBody}
          </Notice>
        )}
        <div>
          <Button onClick={() => ask('set-up')}>{text.setUp}</Button>
        </div>
      </>
    )
  }
  return (
    <>
      <KeyValueList
        items={[
          { label: text.since, value: totpSince ? <DateTime value={totpSince} /> : '–' },
          {
            label: text.codesLeft,
            value: backupCodesLeft < FEW ? `${backupCodesLeft}. ${text.fewCodes}` : String(backupCodesLeft),
          },
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => ask('renew')}>{text.renew}</Button>
        <Button variant="danger" onClick={() => ask('remove')}>
          {text.remove}
        </Button>
      </div>
    </>
  )
}
