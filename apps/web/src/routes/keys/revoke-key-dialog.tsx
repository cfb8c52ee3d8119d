import { useMutation } from '@tanstack/react-query'
import type { KeyView } from '@tollkeeper/shared'
import { ConfirmDialog, useToast } from '@tollkeeper/ui'
import { useEffect, useState } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

export interface RevokeKeyDialogProps {
  /** The key to revoke; null closes the dialog. */
  revoking: KeyView | null
  onClose: () => void
  onRevoked: () => void
}

/** Revoking cannot be undone, so the name of the key has to be typed. */
export function RevokeKeyDialog({ revoking, onClose, onRevoked }: RevokeKeyDialogProps) {
  const trpc = useTRPC()
  const toast = useToast()
  const [shown, setShown] = useState<KeyView | null>(revoking)
  useEffect(() => {
    if (revoking) setShown(revoking)
  }, [revoking])
  const revoke = useMutation(
    trpc.apiKey.revoke.mutationOptions({
      onSuccess: (key) => {
        onClose()
        onRevoked()
        toast({ title: text.revoked(key.name) })
      },
    }),
  )
  const key = revoking ?? shown
  if (!key) return null
  return (
    <ConfirmDialog
      open={revoking !== null}
      onOpenChange={(open) => {
        if (open) return
        revoke.reset()
        onClose()
      }}
      title={text.revokeTitle(key.name)}
      phrase={key.name}
      confirmLabel={text.revokeConfirm}
      busy={revoke.isPending}
      notice={revoke.error && <FailureNotice error={revoke.error} />}
      onConfirm={() => {
        if (!revoke.isPending) revoke.mutate({ id: key.id })
      }}
    >
      {text.revokeBody}
    </ConfirmDialog>
  )
}
