import { useMutation } from '@tanstack/react-query'
import type { MemberView } from '@tollkeeper/shared'
import { Button, Checkbox, Dialog, Form, FormActions, useToast } from '@tollkeeper/ui'
import { attempt } from '../../api/api-client.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPCClient } from '../../api/trpc.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { useTenant } from '../../session/session.ts'
import { text } from './text.ts'
import { useShown } from './use-shown.ts'

interface RemoveDialogProps {
  /** Who goes; null closes the dialog. */
  member: MemberView | null
  /** It is the reader who goes. */
  leaving: boolean
  onClose: () => void
  onRemoved: () => void
}

/** Somebody goes: what that ends, and what becomes of the API keys they issued. An invitation brings them back, so nothing is typed. */
export function RemoveDialog({ member, leaving, onClose, onRemoved }: RemoveDialogProps) {
  const client = useTRPCClient()
  const tries = useAttempt()
  const toast = useToast()
  const { tenant } = useTenant()
  const shown = useShown(member)
  const remove = useMutation({
    mutationFn: ({ id, revoke }: { id: string; revoke: boolean }) =>
      leaving
        ? client.tenant.member.leave.mutate(undefined, attempt(tries.current()))
        : client.tenant.member.remove.mutate({ id, keys: revoke ? 'revoke' : 'keep' }, attempt(tries.current())),
    onSuccess: () => {
      tries.renew()
      onClose()
      onRemoved()
      if (shown) toast({ title: leaving ? text.leave.done(tenant.name) : text.remove.done(shown.name) })
    },
  })
  if (!shown) return null
  const words = leaving ? text.leave : text.remove
  return (
    <Dialog
      open={member !== null}
      title={leaving ? text.leave.title(tenant.name) : text.remove.title(shown.name)}
      description={leaving ? text.leave.body : text.remove.body(shown.name)}
      onOpenChange={(open) => {
        if (open) return
        remove.reset()
        tries.renew()
        onClose()
      }}
    >
      <Form
        key={shown.id}
        notice={remove.error && <FailureNotice error={remove.error} />}
        onChange={tries.renew}
        onSubmit={(values) => {
          if (!remove.isPending) remove.mutate({ id: shown.id, revoke: values.has('keys') })
        }}
      >
        {!leaving && shown.liveKeys > 0 && (
          <Checkbox name="keys" label={text.remove.keys(shown.liveKeys)} help={text.remove.keysHelp} />
        )}
        <FormActions>
          <Button variant="danger" filled type="submit" busy={remove.isPending}>
            {words.confirm}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {text.cancel}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
