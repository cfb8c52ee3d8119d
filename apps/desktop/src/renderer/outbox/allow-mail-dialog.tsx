import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { ActFailure } from '../notice/act-failure.tsx'

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
      <Dialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          remove.reset()
        }}
        title={`Allow mail to ${address}`}
        footer={
          <>
            <Button variant="primary" busy={remove.isPending} onClick={() => !remove.isPending && remove.mutate({ address })}>
              Allow mail
            </Button>
            <Button variant="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
          </>
        }
      >
        <ul className="flex list-disc flex-col gap-1.5 pl-5 text-pretty">
          <li>New mails go there at once. What was held back meanwhile is not sent after the event.</li>
          <li>If its server refuses again, the address is back on the list.</li>
          <li>
            Each refusal costs your server some of its good name with mail providers, so do this when you know that the mailbox
            exists now.
          </li>
        </ul>
        {remove.error && <ActFailure error={remove.error} />}
      </Dialog>
    </>
  )
}
