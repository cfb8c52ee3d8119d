import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { TenantRole } from '@tollkeeper/shared'
import { Button, Dialog, Form, FormActions, SelectField, TextField, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { attempt } from '../../api/api-client.ts'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPCClient } from '../../api/trpc.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { useTenant } from '../../session/session.ts'
import { offeredRoles } from './offered-roles.ts'
import { text } from './text.ts'

interface InviteDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  onInvited: () => void
}

const fields = ['email', 'role']
/** What is said of the address itself, and so stands under its field. */
const aboutTheAddress = new Set(['member.exists', 'invitation.pending'])

/** Asks for an address and a role, and has the mail sent. */
export function InviteDialog({ open, onOpenChange, onInvited }: InviteDialogProps) {
  const client = useTRPCClient()
  const tries = useAttempt()
  const toast = useToast()
  const { tenant } = useTenant()
  const [missing, setMissing] = useState(false)
  const invite = useMutation({
    mutationFn: (input: { email: string; role: TenantRole }) =>
      client.tenant.invitation.create.mutate(input, attempt(tries.current())),
    onSuccess: ({ email }) => {
      tries.renew()
      onOpenChange(false)
      onInvited()
      toast({ title: text.invite.done(email) })
    },
  })
  const failure = invite.error ? readFailure(invite.error) : null
  const ofAddress = failure !== null && aboutTheAddress.has(failure.code)
  const errors = ofAddress ? { email: `${failure.title} ${failure.next}` } : fieldErrors(failure, fields)
  return (
    <Dialog
      open={open}
      title={text.invite.title}
      description={text.invite.body}
      onOpenChange={(next) => {
        onOpenChange(next)
        setMissing(false)
        invite.reset()
      }}
    >
      <Form
        notice={
          failure &&
          !ofAddress &&
          !landsOnFields(failure, fields) && (
            <FailureNotice error={invite.error} action={failure.code === 'tenant.no_seat' && <SeePlans />} />
          )
        }
        errors={missing ? { email: text.invite.emailMissing } : errors}
        onChange={tries.renew}
        onSubmit={(values) => {
          const email = String(values.get('email') ?? '').trim()
          setMissing(email === '')
          if (email !== '' && !invite.isPending) invite.mutate({ email, role: TenantRole.parse(values.get('role')) })
        }}
      >
        <TextField label={text.invite.email} name="email" type="email" autoComplete="off" autoFocus />
        <SelectField label={text.role.label} name="role" options={offeredRoles(tenant.role)} defaultValue="member" />
        <FormActions>
          <Button variant="primary" type="submit" busy={invite.isPending}>
            {text.invite.submit}
          </Button>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            {text.cancel}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}

function SeePlans() {
  return (
    <Button size="small" asChild>
      <Link to="/plans">{text.invite.plans}</Link>
    </Button>
  )
}
