import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperatorUserDetail } from '@tollkeeper/shared'
import { Button, useToast } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { useServer } from '../api/server-provider.tsx'
import { ActFailure } from '../notice/act-failure.tsx'
import { ResetSecondFactorDialog } from './reset-second-factor-dialog.tsx'

/**
 * What helps somebody who cannot come in: their address is taken as proved, they are mailed the link that sets a password, or their
 * second step is taken away.
 */
export function SupportActs({ user }: { user: OperatorUserDetail }) {
  const server = useServer()
  const queries = useQueryClient()
  const tell = useToast()
  const verify = useMutation(
    server.operator.verifyUserEmail.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries()
        tell({ title: `${user.email} counts as proved` })
      },
    }),
  )
  const reset = useMutation(
    server.operator.sendUserReset.mutationOptions({
      onSuccess: ({ mail }) =>
        tell(
          mail === 'sent'
            ? { title: `A link to set a password is on its way to ${user.email}` }
            : { title: 'No mail was sent', detail: `${user.email} had enough of them for now. Try again in an hour.` },
        ),
    }),
  )
  const { session } = useConnection()
  const isOneself = session.kind === 'signed-in' && session.user.id === user.id
  const error = verify.error ?? reset.error
  return (
    <div className="flex flex-col gap-2">
      {error && <ActFailure error={error} />}
      <div className="flex flex-wrap gap-2">
        {!user.emailVerified && (
          <Button size="small" busy={verify.isPending} onClick={() => !verify.isPending && verify.mutate({ id: user.id })}>
            Take address as proved
          </Button>
        )}
        {user.status === 'active' && (
          <Button size="small" busy={reset.isPending} onClick={() => !reset.isPending && reset.mutate({ id: user.id })}>
            Send password reset
          </Button>
        )}
        {user.secondFactor && !isOneself && <ResetSecondFactorDialog user={user} />}
      </div>
    </div>
  )
}
