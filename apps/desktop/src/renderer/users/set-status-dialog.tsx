import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperatorUserDetail } from '@tollkeeper/shared'
import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { ReasonDialog } from '../frame/reason-dialog.tsx'

/** Suspends the person, or restores them, with the reason that is written down with it. */
export function SetStatusDialog({ user }: { user: OperatorUserDetail }) {
  const [open, setOpen] = useState(false)
  const server = useServer()
  const queries = useQueryClient()
  const suspends = user.status === 'active'
  const verb = suspends ? 'Suspend' : 'Restore'
  const change = useMutation(
    server.operator.setUserStatus.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        await queries.invalidateQueries()
      },
    }),
  )
  return (
    <>
      <Button variant={suspends ? 'danger' : 'secondary'} size="small" onClick={() => setOpen(true)}>
        {verb}
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          change.reset()
        }}
        title={`${verb} ${user.name}`}
        description={
          suspends
            ? 'Every session, token and approval they hold ends within a second. API keys belong to their tenants and go on.'
            : 'They can sign in again. What was ended stays ended.'
        }
        confirmLabel={`${verb} ${user.name}`}
        danger={suspends}
        busy={change.isPending}
        error={change.error}
        onConfirm={(reason) => change.mutate({ id: user.id, status: suspends ? 'suspended' : 'active', reason })}
      />
    </>
  )
}
