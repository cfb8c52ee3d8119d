import { useMutation } from '@tanstack/react-query'
import { Button } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

/** Says no. It takes no account: whoever holds the link has the mail. */
export function DeclineButton({ token, onDeclined }: { token: string; onDeclined: () => void }) {
  const trpc = useTRPC()
  const decline = useMutation(trpc.tenant.invitation.decline.mutationOptions({ onSuccess: onDeclined }))
  return (
    <>
      {decline.error && <FailureNotice error={decline.error} />}
      <Button wide busy={decline.isPending} onClick={() => !decline.isPending && decline.mutate({ token })}>
        {text.decline}
      </Button>
    </>
  )
}
