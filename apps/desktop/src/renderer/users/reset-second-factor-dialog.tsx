import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperatorUserDetail } from '@tollkeeper/shared'
import { Button, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { ReasonDialog } from '../frame/reason-dialog.tsx'

/** Takes the second step away from somebody who has lost what they prove it with. */
export function ResetSecondFactorDialog({ user }: { user: OperatorUserDetail }) {
  const [open, setOpen] = useState(false)
  const server = useServer()
  const queries = useQueryClient()
  const tell = useToast()
  const reset = useMutation(
    server.operator.resetSecondFactor.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        tell({ title: `The second step of ${user.name} is off`, detail: `A mail tells ${user.email}.` })
        await queries.invalidateQueries()
      },
    }),
  )
  return (
    <>
      <Button variant="danger" size="small" onClick={() => setOpen(true)}>
        Reset second step
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          reset.reset()
        }}
        title={`Reset the second step of ${user.name}`}
        description="Their authenticator app and backup codes stop working (passkeys stay a way to sign in), and every session and token they hold ends within a second. They sign in with their first step alone until they set up a second. A mail tells them. Do it only for somebody you have recognised by another way than their mail: who holds the mailbox holds the account afterwards."
        help="How you recognised them. Kept in the audit trail."
        confirmLabel="Reset second step"
        danger
        busy={reset.isPending}
        error={reset.error}
        onConfirm={(reason) => reset.mutate({ id: user.id, reason })}
      />
    </>
  )
}
