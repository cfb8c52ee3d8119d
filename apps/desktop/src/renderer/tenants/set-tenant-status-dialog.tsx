import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperatorTenant } from '@tollkeeper/shared'
import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import type { z } from 'zod'
import { useServer } from '../api/server-provider.tsx'
import { ReasonDialog } from '../frame/reason-dialog.tsx'

/** Suspends the tenant, or restores it, with the reason that is written down with it. */
export function SetTenantStatusDialog({ tenant }: { tenant: z.infer<typeof OperatorTenant> }) {
  const [open, setOpen] = useState(false)
  const server = useServer()
  const queries = useQueryClient()
  const suspends = tenant.status === 'active'
  const verb = suspends ? 'Suspend' : 'Restore'
  const change = useMutation(
    server.operator.setTenantStatus.mutationOptions({
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
        title={`${verb} ${tenant.name}`}
        description={
          suspends
            ? 'Within a second every decision for it is refused, and its API keys open nothing. Members can look and change nothing. Nothing is lost, and a subscription goes on.'
            : 'Its decisions are made again, and its API keys work, within a second.'
        }
        confirmLabel={`${verb} ${tenant.name}`}
        danger={suspends}
        busy={change.isPending}
        error={change.error}
        onConfirm={(reason) => change.mutate({ id: tenant.id, status: suspends ? 'suspended' : 'active', reason })}
      />
    </>
  )
}
