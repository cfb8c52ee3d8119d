import { useMutation } from '@tanstack/react-query'
import { Button, Dialog, Form, FormActions, TextField, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { attempt } from '../api/api-client.ts'
import { readFailure } from '../api/failure.ts'
import { FailureNotice } from '../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../api/field-errors.ts'
import { useTRPCClient } from '../api/trpc.ts'
import { useAttempt } from '../api/use-attempt.ts'
import { keepChosenTenant } from '../session/chosen-tenant.ts'
import { useSession } from '../session/session.ts'
import { text } from './text.ts'

export interface CreateTenantDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Called when the tenant exists and the session knows of it. */
  onCreated: (id: string) => void
}

/** Asks for a name, and makes a tenant that the person owns. */
export function CreateTenantDialog({ open, onOpenChange, onCreated }: CreateTenantDialogProps) {
  const client = useTRPCClient()
  const tries = useAttempt()
  const toast = useToast()
  const { refresh } = useSession()
  const [missing, setMissing] = useState(false)
  const create = useMutation({
    mutationFn: (name: string) => client.tenant.create.mutate({ name }, attempt(tries.current())),
    onSuccess: async (tenant) => {
      tries.renew()
      await refresh()
      keepChosenTenant(tenant.id)
      onOpenChange(false)
      onCreated(tenant.id)
      toast({ title: text.tenantCreated(tenant.name) })
    },
  })
  const failure = create.error ? readFailure(create.error) : null
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={text.createTenant} description={text.createTenantHelp}>
      <Form
        notice={failure && !landsOnFields(failure, ['name']) && <FailureNotice error={create.error} />}
        errors={missing ? { name: text.tenantNameMissing } : fieldErrors(failure, ['name'])}
        onSubmit={(values) => {
          const name = String(values.get('name') ?? '').trim()
          setMissing(name === '')
          if (name !== '' && !create.isPending) create.mutate(name)
        }}
      >
        <TextField
          label={text.tenantName}
          name="name"
          help={text.tenantNameHelp}
          maxLength={80}
          autoComplete="organization"
          onChange={tries.renew}
        />
        <FormActions>
          <Button variant="primary" type="submit" busy={create.isPending}>
            {text.createTenant}
          </Button>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            {text.cancel}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
