import { useMutation } from '@tanstack/react-query'
import { Button, Form, Notice, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

/** Asks for the address, and has another verification mail sent to it. The answer tells nobody whether the address is known. */
export function NewLinkForm() {
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const resend = useMutation(trpc.auth.resendVerification.mutationOptions())
  const failure = resend.error ? readFailure(resend.error) : null
  if (resend.isSuccess) return <Notice tone="info" title={text.sent(resend.variables.email)} urgent />
  return (
    <Form
      notice={failure && !landsOnFields(failure, ['email']) && <FailureNotice error={resend.error} />}
      errors={missing ? { email: text.missingEmail } : fieldErrors(failure, ['email'])}
      onSubmit={(values) => {
        const email = String(values.get('email') ?? '').trim()
        setMissing(email === '')
        if (email !== '' && !resend.isPending) resend.mutate({ email })
      }}
    >
      <TextField label={text.email} name="email" type="email" autoComplete="email" />
      <Button variant="primary" type="submit" wide busy={resend.isPending}>
        {text.send}
      </Button>
    </Form>
  )
}
