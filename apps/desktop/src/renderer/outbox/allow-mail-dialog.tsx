import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { ConfirmDialog, Consequences } from '../frame/confirm-dialog.tsx'

const consequences = [
  'New mails go there at once. What was held back meanwhile is not sent after the event.',
  'If its server refuses again, the address is back on the list.',
  'Each refusal costs your server some of its good name with mail providers, so do this when you know that the mailbox exists now.',
]

/** Lets mail go to an address again, once it was said what that risks. */
export function AllowMailDialog({ address }: { address: string }) {
  const [open, setOpen] = useState(false)
  const server = useServer()
  const queries = useQueryClient()
  const remove = useMutation(
    server.operator.removeMailSuppression.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        await queries.invalidateQueries()
      },
    }),
  )
  return (
    <>
      <Button size="small" aria-label={`Allow mail to ${address}`} onClick={() => setOpen(true)}>
        Allow mail
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          remove.reset()
        }}
        title={`Allow mail to ${address}`}
        confirmLabel="Allow mail"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ address })}
      >
        <Consequences lines={consequences} />
      </ConfirmDialog>
    </>
  )
}
