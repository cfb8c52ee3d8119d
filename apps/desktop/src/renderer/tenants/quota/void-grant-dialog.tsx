import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { GrantView } from '@tollkeeper/shared'
import { Button, Quantity } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../../api/server-provider.tsx'
import { ReasonDialog } from '../../frame/reason-dialog.tsx'
import type { NamedFeature } from './use-features.ts'

interface Props {
  tenantId: string
  grant: GrantView
  feature: NamedFeature | undefined
}

/** Takes back what is left of a grant, with the reason that is written down with it. */
export function VoidGrantDialog({ tenantId, grant, feature }: Props) {
  const [open, setOpen] = useState(false)
  const server = useServer()
  const queries = useQueryClient()
  const take = useMutation(
    server.quota.grant.void.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        await queries.invalidateQueries()
      },
    }),
  )
  const name = feature?.name ?? grant.feature
  return (
    <>
      <Button variant="danger" size="small" aria-label={`Take back what is left of ${name}`} onClick={() => setOpen(true)}>
        Take back
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          take.reset()
        }}
        title={`Take back what is left of ${name}`}
        description={
          <>
            <Quantity value={grant.remaining} /> of <Quantity value={grant.units} /> are left and cannot be used any more. What was
            used stays used, and what is held by a reservation may still be. It cannot be undone; give units anew instead.
          </>
        }
        confirmLabel="Take it back"
        danger
        busy={take.isPending}
        error={take.error}
        onConfirm={(reason) => take.mutate({ tenantId, id: grant.id, reason })}
      />
    </>
  )
}
