import { useMutation } from '@tanstack/react-query'
import type { InvitationOffer } from '@tollkeeper/shared'
import { Button } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { DeclineButton } from './decline-button.tsx'
import { text } from './text.ts'
import { useJoined } from './use-joined.ts'

export interface JoinProps {
  token: string
  offer: InvitationOffer
  onDeclined: () => void
}

/** The two answers of who is signed in with the invited address. */
export function JoinAsMe({ token, offer, onDeclined }: JoinProps) {
  const trpc = useTRPC()
  const joined = useJoined(offer.tenant)
  const accept = useMutation(trpc.tenant.invitation.accept.mutationOptions({ onSuccess: ({ tenantId }) => joined(tenantId) }))
  return (
    <div className="flex flex-col gap-2">
      {accept.error && <FailureNotice error={accept.error} />}
      <Button variant="primary" wide busy={accept.isPending} onClick={() => !accept.isPending && accept.mutate({ token })}>
        {text.accept}
      </Button>
      <DeclineButton token={token} onDeclined={onDeclined} />
    </div>
  )
}
