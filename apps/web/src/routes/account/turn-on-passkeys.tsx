import { useMutation } from '@tanstack/react-query'
import { Button, Notice } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPCClient } from '../../api/trpc.ts'
import { askForPasskey, refusalOfDevice } from '../../ways-in/passkey.ts'
import { text as ways } from '../../ways-in/text.ts'
import { text } from './second-factor-text.ts'

interface TurnOnPasskeysProps {
  /** What can be done instead. */
  beside: ReactNode
  onDone: (answer: { backupCodes: string[] }) => void
}

/** Turns it on with the passkeys the person has. They use one, which shows that they can. */
export function TurnOnPasskeys({ beside, onDone }: TurnOnPasskeysProps) {
  const client = useTRPCClient()
  const turnOn = useMutation({
    mutationFn: async () => {
      const credential = await askForPasskey(await client.auth.secondFactor.passkeyOptions.mutate())
      return client.auth.secondFactor.turnOnPasskeys.mutate({ credential })
    },
    onSuccess: onDone,
  })
  return (
    <>
      {turnOn.error ? (
        refusalOfDevice(turnOn.error) ? (
          <Notice tone="info" title={ways.passkeyCancelled} urgent />
        ) : (
          <FailureNotice error={turnOn.error} />
        )
      ) : null}
      <div className="flex flex-wrap gap-2">
        {beside}
        <Button busy={turnOn.isPending} onClick={() => !turnOn.isPending && turnOn.mutate()}>
          {text.usePasskeys}
        </Button>
      </div>
    </>
  )
}
