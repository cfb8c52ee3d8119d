import { useMutation } from '@tanstack/react-query'
import { Button, Dialog } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './second-factor-text.ts'

interface RemoveFactorDialogProps {
  way: 'totp' | 'passkey'
  /** Two-step sign-in goes off with it. */
  isLast: boolean
  onClose: () => void
  onDone: (outcome: { isOff: boolean }) => void
}

/** Asks once more before sign-ins ask for less. */
export function RemoveFactorDialog({ way, isLast, onClose, onDone }: RemoveFactorDialogProps) {
  const trpc = useTRPC()
  const options = { onSuccess: () => onDone({ isOff: isLast }) }
  const removeApp = useMutation(trpc.auth.secondFactor.removeTotp.mutationOptions(options))
  const turnOff = useMutation(trpc.auth.secondFactor.turnOffPasskeys.mutationOptions(options))
  const remove = way === 'totp' ? removeApp : turnOff
  const { button, title, body } = text.remove[isLast ? 'all' : way]
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={body}
      footer={
        <>
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {button}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {text.cancel}
          </Button>
        </>
      }
    >
      {remove.error && <FailureNotice error={remove.error} />}
    </Dialog>
  )
}
