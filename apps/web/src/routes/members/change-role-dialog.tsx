import { useMutation } from '@tanstack/react-query'
import { type MemberView, TenantRole } from '@tollkeeper/shared'
import { Button, Dialog, Form, FormActions, SelectField, useToast } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useTenant } from '../../session/session.ts'
import { text as shell } from '../../shell/text.ts'
import { offeredRoles } from './offered-roles.ts'
import { text } from './text.ts'
import { useShown } from './use-shown.ts'

interface ChangeRoleDialogProps {
  /** Whose role; null closes the dialog. */
  member: MemberView | null
  onClose: () => void
  onChanged: () => void
}

/** Chooses another role, no higher than the reader's own. */
export function ChangeRoleDialog({ member, onClose, onChanged }: ChangeRoleDialogProps) {
  const trpc = useTRPC()
  const toast = useToast()
  const { tenant } = useTenant()
  const shown = useShown(member)
  const change = useMutation(
    trpc.tenant.member.setRole.mutationOptions({
      onSuccess: ({ name, role }) => {
        onClose()
        onChanged()
        toast({ title: text.role.done(name, shell.role[role]) })
      },
    }),
  )
  if (!shown) return null
  return (
    <Dialog
      open={member !== null}
      title={text.role.title(shown.name)}
      onOpenChange={(open) => {
        if (open) return
        change.reset()
        onClose()
      }}
    >
      <Form
        key={shown.id}
        notice={change.error && <FailureNotice error={change.error} />}
        onSubmit={(values) => {
          const role = TenantRole.safeParse(values.get('role'))
          if (role.success && !change.isPending) change.mutate({ id: shown.id, role: role.data })
        }}
      >
        <SelectField label={text.role.label} name="role" options={offeredRoles(tenant.role)} defaultValue={shown.role} />
        <FormActions>
          <Button variant="primary" type="submit" busy={change.isPending}>
            {text.role.act}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {text.cancel}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
