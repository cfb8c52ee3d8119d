import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OverrideView } from '@tollkeeper/shared'
import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../../api/server-provider.tsx'
import { ConfirmDialog } from '../../frame/confirm-dialog.tsx'
import { LimitWords } from './limit-words.tsx'
import type { NamedFeature } from './use-features.ts'

interface Props {
  tenantId: string
  override: OverrideView
  feature: NamedFeature | undefined
}

/** Lets the plan's limit hold again, once it was said what that is. */
export function EndOverrideDialog({ tenantId, override, feature }: Props) {
  const [open, setOpen] = useState(false)
  const server = useServer()
  const queries = useQueryClient()
  const end = useMutation(
    server.quota.grant.removeOverride.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        await queries.invalidateQueries()
      },
    }),
  )
  const name = feature?.name ?? override.feature
  return (
    <>
      <Button variant="danger" size="small" aria-label={`End the override of ${name}`} onClick={() => setOpen(true)}>
        End
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          end.reset()
        }}
        title={`End the override of ${name}`}
        description={
          <>
            The limit goes from <LimitWords limit={override.limit} kind={feature?.kind} /> back to the plan's,{' '}
            <LimitWords limit={override.planLimit} kind={feature?.kind} />, at once. What was used stays used.
          </>
        }
        confirmLabel="End the override"
        danger
        busy={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate({ tenantId, feature: override.feature })}
      />
    </>
  )
}
