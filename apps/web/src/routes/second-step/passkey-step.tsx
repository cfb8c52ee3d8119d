import { useMutation } from '@tanstack/react-query'
import { Button, Notice } from '@tollkeeper/ui'
import { KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPCClient } from '../../api/trpc.ts'
import { askForPasskey, refusalOfDevice } from '../../ways-in/passkey.ts'
import { text as ways } from '../../ways-in/text.ts'
import type { Ending } from './second-step-form.tsx'
import { text } from './text.ts'

/** A passkey of whoever took the first step. */
export function PasskeyStep({ ending, others }: { ending: Ending; others: ReactNode }) {
  const client = useTRPCClient()
  const finish = useMutation({
    mutationFn: async () => {
      const credential = await askForPasskey(await client.auth.challenge.passkeyOptions.mutate())
      return client.auth.challenge.signInWithPasskey.mutate({ credential })
    },
    ...ending,
  })
  return (
    <div className="flex flex-col gap-stack">
      {finish.error ? (
        refusalOfDevice(finish.error) ? (
          <Notice tone="info" title={ways.passkeyCancelled} urgent />
        ) : (
          <FailureNotice error={finish.error} />
        )
      ) : null}
      <Button
        variant="primary"
        wide
        icon={<KeyRound />}
        autoFocus
        busy={finish.isPending}
        onClick={() => !finish.isPending && finish.mutate()}
      >
        {text.instead.passkey}
      </Button>
      {others}
    </div>
  )
}
