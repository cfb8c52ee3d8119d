import { useMutation } from '@tanstack/react-query'
import { Button, Form, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import type { Attempt } from './sign-in-code.tsx'
import { text } from './text.ts'

/** The first step: the address. What comes of it is told to the address alone. */
export function AskForCode({ email, onSent }: { email: string; onSent: (attempt: Attempt) => void }) {
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const ask = useMutation(
    trpc.auth.mail.ask.mutationOptions({ onSuccess: (answer, input) => onSent({ ...answer, email: input.email }) }),
  )
  const failure = ask.error ? readFailure(ask.error) : null
  return (
    <Form
      notice={failure && !landsOnFields(failure, ['email']) && <FailureNotice error={ask.error} />}
      errors={missing ? { email: text.missingEmail } : fieldErrors(failure, ['email'])}
      onSubmit={(values) => {
        const entered = String(values.get('email') ?? '').trim()
        setMissing(entered === '')
        if (entered !== '' && !ask.isPending) ask.mutate({ email: entered })
      }}
    >
      <TextField label={text.email} name="email" type="email" autoComplete="username" defaultValue={email} autoFocus />
      <Button variant="primary" type="submit" wide busy={ask.isPending}>
        {text.send}
      </Button>
    </Form>
  )
}
