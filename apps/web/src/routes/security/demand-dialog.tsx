import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, useToast } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useTenant } from '../../session/session.ts'
import { text } from './text.ts'

interface DemandDialogProps {
  /** What is asked about: to require it from now on, or no longer. */
  require: boolean
  onClose: () => void
}

/** Asks once more, with what follows for whom. */
export function DemandDialog({ require, onClose }: DemandDialogProps) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const { tenant } = useTenant()
  const words = require ? text.asking.on : text.asking.off
  const without = useQuery(trpc.tenant.security.membersWithout.queryOptions({ id: tenant.id, limit: 1 }, { enabled: require }))
  const change = useMutation(
    trpc.tenant.security.set.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.tenant.security.pathKey() })
        onClose()
        toast({ title: words.done })
      },
    }),
  )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      description={words.body}
      footer={
        <>
          <Button
            variant="primary"
            busy={change.isPending}
            onClick={() => !change.isPending && change.mutate({ id: tenant.id, secondFactorRequired: require })}
          >
            {words.act}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {text.asking.cancel}
          </Button>
        </>
      }
    >
      {require && without.data && <p className="text-pretty">{text.asking.on.missing(without.data.total)}</p>}
      {change.error && <FailureNotice error={change.error} />}
    </Dialog>
  )
}
