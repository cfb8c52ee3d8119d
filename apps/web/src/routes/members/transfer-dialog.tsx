import { useMutation } from '@tanstack/react-query'
import type { MemberView } from '@tollkeeper/shared'
import { ConfirmDialog, useToast } from '@tollkeeper/ui'
import { attempt } from '../../api/api-client.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPCClient } from '../../api/trpc.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { useTenant } from '../../session/session.ts'
import { text } from './text.ts'
import { useShown } from './use-shown.ts'

interface TransferDialogProps {
  /** Who becomes the owner; null closes the dialog. */
  member: MemberView | null
  onClose: () => void
  onTransferred: () => void
}

/** Who hands a tenant over cannot take it back, so its name has to be typed. */
export function TransferDialog({ member, onClose, onTransferred }: TransferDialogProps) {
  const client = useTRPCClient()
  const tries = useAttempt()
  const toast = useToast()
  const { tenant } = useTenant()
  const shown = useShown(member)
  const transfer = useMutation({
    mutationFn: ({ id }: MemberView) => client.tenant.member.transferOwnership.mutate({ id }, attempt(tries.current())),
    onSuccess: (_done, { name }) => {
      tries.renew()
      onClose()
      onTransferred()
      toast({ title: text.transfer.done(name) })
    },
  })
  if (!shown) return null
  return (
    <ConfirmDialog
      open={member !== null}
      onOpenChange={(open) => {
        if (open) return
        transfer.reset()
        tries.renew()
        onClose()
      }}
      title={text.transfer.title(shown.name)}
      phrase={tenant.name}
      confirmLabel={text.transfer.confirm}
      busy={transfer.isPending}
      notice={transfer.error && <FailureNotice error={transfer.error} />}
      onConfirm={() => {
        if (!transfer.isPending) transfer.mutate(shown)
      }}
    >
      {text.transfer.body(shown.name, tenant.name)}
    </ConfirmDialog>
  )
}
