import { useMutation } from '@tanstack/react-query'
import { Button, FormActions, Notice } from '@tollkeeper/ui'
import { KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { FailureNotice } from '../api/failure-notice.tsx'
import { useTRPCClient } from '../api/trpc.ts'
import { askForPasskey, refusalOfDevice } from '../ways-in/passkey.ts'
import { text as ways } from '../ways-in/text.ts'
import { proofQuestion } from './proof-question.ts'
import { text } from './text.ts'

/** A passkey of the person, asked for by the press of a button: browsers let no page ask unbidden. */
export function ProveByPasskey({ others }: { others: ReactNode }) {
  const client = useTRPCClient()
  const prove = useMutation({
    mutationFn: async () => {
      const credential = await askForPasskey(await client.auth.stepUp.passkeyOptions.mutate())
      return client.auth.stepUp.proveByPasskey.mutate({ credential })
    },
    onSuccess: () => proofQuestion.answer(true),
  })
  return (
    <>
      <p className="text-pretty">{text.passkey}</p>
      {prove.error ? (
        refusalOfDevice(prove.error) ? (
          <Notice tone="info" title={ways.passkeyCancelled} urgent />
        ) : (
          <FailureNotice error={prove.error} />
        )
      ) : null}
      <FormActions>
        <Button
          variant="primary"
          icon={<KeyRound />}
          autoFocus
          busy={prove.isPending}
          onClick={() => !prove.isPending && prove.mutate()}
        >
          {text.instead.passkey}
        </Button>
        {others}
      </FormActions>
    </>
  )
}
