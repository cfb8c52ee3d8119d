import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperatorFeature } from '@tollkeeper/shared'
import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { ConfirmDialog, Consequences } from '../frame/confirm-dialog.tsx'

/** Whether servers decide on the feature from units they took ahead, and the switch for it with what it trades. */
export function LeasingSwitch({ feature, mayWrite }: { feature: OperatorFeature; mayWrite: boolean }) {
  const { name, leased } = feature
  const [open, setOpen] = useState(false)
  const server = useServer()
  const queries = useQueryClient()
  const set = useMutation(
    server.catalog.setLeasing.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        await queries.invalidateQueries()
      },
    }),
  )
  const word = leased ? 'On' : 'Off'
  // what cannot be taken ahead can only be switched off
  if (!mayWrite || (!leased && !canBeLeased(feature))) return <span className="text-ink-muted">{word}</span>
  const verb = leased ? 'Turn off' : 'Turn on'
  return (
    <span className="flex items-center justify-between gap-3">
      {word}
      <Button size="small" aria-label={`${verb} deciding from memory for ${name}`} onClick={() => setOpen(true)}>
        {verb}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          set.reset()
        }}
        title={leased ? `Decide on ${name} one by one` : `Decide on ${name} from memory`}
        confirmLabel={verb}
        busy={set.isPending}
        error={set.error}
        onConfirm={() => set.mutate({ feature: feature.feature, leased: !leased })}
      >
        <Consequences lines={leased ? whenOff : whenOn} />
      </ConfirmDialog>
    </span>
  )
}

const whenOn = [
  'Each server takes a few units ahead, charges them, and answers from memory: no answer waits for a commit. Requests with an id, a cap, a rate or credits are decided as before.',
  'Nothing is ever allowed past a limit. Near it a request may be refused up to a second early, while another server holds what is left.',
  'What a server that is killed had taken stays charged until the window ends: at most 64 units, or a tenth of a second of its demand. One that stops in good order gives it back.',
]

const whenOff = [
  'Every decision waits for its commit again, within a second on all servers. It is slower.',
  'What servers hold comes back when their leases end; from then on a killed server loses nothing.',
]

function canBeLeased({ kind, aggregation, credits }: OperatorFeature): boolean {
  return kind === 'metered' && aggregation === 'sum' && credits === null
}
