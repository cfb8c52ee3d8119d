import { useMutation } from '@tanstack/react-query'
import { Button, Form, PasswordField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { type Registration, registrationFaults, registrationFields } from './registration-faults.ts'
import { text } from './text.ts'

/** The form itself. Faults land on their fields, whether found here or by the server; what was typed stays. */
export function SignUpForm({ onSent }: { onSent: (email: string) => void }) {
  const trpc = useTRPC()
  const [sent, setSent] = useState<Registration | null>(null)
  const register = useMutation(trpc.auth.register.mutationOptions({ onSuccess: (_answer, { email }) => onSent(email) }))
  const failure = register.error ? readFailure(register.error) : null
  const passwordRefused = failure?.code === 'auth.password_refused' && failure.faults.length === 0
  const serverErrors = passwordRefused ? { password: `${failure.title} ${failure.next}` } : fieldErrors(failure, registrationFields)
  return (
    <Form
      notice={
        failure && !passwordRefused && !landsOnFields(failure, registrationFields) && <FailureNotice error={register.error} />
      }
      errors={{ ...serverErrors, ...(sent && registrationFaults(sent)) }}
      onSubmit={(values) => {
        const entered = {
          name: String(values.get('name') ?? '').trim(),
          email: String(values.get('email') ?? '').trim(),
          password: String(values.get('password') ?? ''),
        }
        setSent(entered)
        if (Object.keys(registrationFaults(entered)).length === 0 && !register.isPending) register.mutate(entered)
      }}
    >
      <TextField label={text.name} name="name" autoComplete="name" maxLength={120} autoFocus />
      <TextField label={text.email} name="email" type="email" autoComplete="email" />
      <PasswordField label={text.password} name="password" autoComplete="new-password" help={text.passwordHelp} />
      <Button variant="primary" type="submit" wide busy={register.isPending}>
        {text.submit}
      </Button>
    </Form>
  )
}
