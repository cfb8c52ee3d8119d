import { useMutation, useQueryClient } from '@tanstack/react-query'
import { EmptyState, useToast } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { PagedTable } from '../../api/paged-table.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { usePages } from '../../api/use-pages.ts'
import { useTenant } from '../../session/session.ts'
import { invitationColumns } from './invitation-columns.tsx'
import { text } from './text.ts'

/** Who was asked to join, newest first, and what came of it. */
export function InvitationList() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const toast = useToast()
  const { tenant } = useTenant()
  const pages = usePages(trpc.tenant.invitation.list.pathKey(), (cursor) => client.tenant.invitation.list.query({ cursor }))
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.tenant.invitation.pathKey() })
  const resend = useMutation(
    trpc.tenant.invitation.resend.mutationOptions({
      onSettled,
      onSuccess: ({ email }) => toast({ title: text.invitations.resent(email) }),
    }),
  )
  const revoke = useMutation(
    trpc.tenant.invitation.revoke.mutationOptions({
      onSettled,
      onSuccess: ({ email }) => toast({ title: text.invitations.revoked(email) }),
    }),
  )
  const busy = (resend.isPending && resend.variables.id) || (revoke.isPending && revoke.variables.id) || null
  const failed = resend.error ?? revoke.error
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {failed && <FailureNotice error={failed} />}
      <PagedTable
        label={text.tabs.invitations}
        pages={pages}
        columns={invitationColumns(tenant.role, {
          busy,
          onResend: ({ id }) => {
            revoke.reset()
            resend.mutate({ id })
          },
          onRevoke: ({ id }) => {
            resend.reset()
            revoke.mutate({ id })
          },
        })}
        rowKey={({ id }) => id}
        empty={<EmptyState>{text.invitations.empty}</EmptyState>}
      />
    </div>
  )
}
