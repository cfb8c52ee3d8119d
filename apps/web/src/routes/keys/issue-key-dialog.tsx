import { useMutation } from '@tanstack/react-query'
import type { IssuedKey, KeyScope } from '@tollkeeper/shared'
import { Button, Checkbox, Dialog, Form, FormActions, SelectField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { attempt } from '../../api/api-client.ts'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPCClient } from '../../api/trpc.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { expiresAt, expiryOptions, readExpiry } from './expiry.ts'
import { text } from './text.ts'

const offered = Object.keys(text.scopes) as KeyScope[]
const fields = ['name', 'scopes', 'expiresAt']

export interface IssueKeyDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  onIssued: (key: IssuedKey) => void
}

interface NewKey {
  name: string
  scopes: KeyScope[]
  expiresAt: string | undefined
}

/** Asks for a name, what the key may do and until when. The secret is shown on the page behind, where no stray Escape loses it. */
export function IssueKeyDialog({ open, onOpenChange, onIssued }: IssueKeyDialogProps) {
  const client = useTRPCClient()
  const tries = useAttempt()
  const [missing, setMissing] = useState<{ name?: string; scopes?: string }>({})
  const issue = useMutation({
    mutationFn: (input: NewKey) => client.apiKey.issue.mutate(input, attempt(tries.current())),
    onSuccess: (key) => {
      tries.renew()
      onOpenChange(false)
      onIssued(key)
    },
  })
  const failure = issue.error ? readFailure(issue.error) : null
  const errors = { ...fieldErrors(failure, fields), ...missing }

  const submit = (values: FormData) => {
    const name = String(values.get('name') ?? '').trim()
    const scopes = offered.filter((scope) => values.has(scope))
    const found = {
      ...(name ? {} : { name: text.dialog.nameMissing }),
      ...(scopes.length > 0 ? {} : { scopes: text.dialog.scopesMissing }),
    }
    setMissing(found)
    if (Object.keys(found).length > 0 || issue.isPending) return
    issue.mutate({ name, scopes, expiresAt: expiresAt(readExpiry(values.get('expiresAt')), new Date()) })
  }

  return (
    <Dialog
      open={open}
      title={text.dialog.title}
      onOpenChange={(next) => {
        onOpenChange(next)
        setMissing({})
        issue.reset()
      }}
    >
      <Form
        notice={failure && !landsOnFields(failure, fields) && <FailureNotice error={issue.error} />}
        errors={errors}
        onChange={tries.renew}
        onSubmit={submit}
      >
        <TextField label={text.dialog.name} name="name" help={text.dialog.nameHelp} maxLength={80} autoComplete="off" />
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 font-medium">{text.dialog.scopes}</legend>
          {offered.map((scope) => (
            <Checkbox key={scope} name={scope} label={text.scopes[scope].label} help={text.scopes[scope].help} defaultChecked />
          ))}
          {errors.scopes && <p className="text-denied text-sm">{errors.scopes}</p>}
        </fieldset>
        <SelectField label={text.dialog.expires} name="expiresAt" options={expiryOptions} defaultValue="90" />
        <FormActions>
          <Button variant="primary" type="submit" busy={issue.isPending}>
            {text.issue}
          </Button>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            {text.dialog.cancel}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
