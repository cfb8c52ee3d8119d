import { useMutation } from '@tanstack/react-query'
import type { StepUpMethod } from '@tollkeeper/shared'
import { Button, Form, FormActions, PasswordField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../api/failure.ts'
import { FailureNotice } from '../api/failure-notice.tsx'
import { useTRPC } from '../api/trpc.ts'
import { proofQuestion } from './proof-question.ts'
import { text } from './text.ts'

const aboutTheField = new Set(['auth.password_wrong', 'auth.second_factor_wrong'])

/** The password, or a code, whichever the person has. */
export function StepUpForm({ methods }: { methods: readonly StepUpMethod[] }) {
  const trpc = useTRPC()
  const [method, choose] = useState<StepUpMethod>(methods[0]!)
  const [missing, setMissing] = useState(false)
  const prove = useMutation(trpc.auth.stepUp.prove.mutationOptions({ onSuccess: () => proofQuestion.answer(true) }))
  const failure = prove.error ? readFailure(prove.error) : null
  const wrong = failure && aboutTheField.has(failure.code) ? `${failure.title} ${failure.next}` : undefined
  const field = { label: text[method], name: 'secret', autoFocus: true } as const
  return (
    <Form
      key={method}
      notice={failure && !wrong && <FailureNotice error={prove.error} />}
      errors={{ secret: missing ? text.missing[method] : wrong }}
      onSubmit={(values) => {
        const secret = String(values.get('secret') ?? '')
        setMissing(secret.trim() === '')
        if (secret.trim() !== '' && !prove.isPending) prove.mutate({ method, secret })
      }}
    >
      {method === 'password' ? (
        <PasswordField {...field} autoComplete="current-password" />
      ) : (
        <TextField {...field} mono autoComplete="one-time-code" inputMode={method === 'totp' ? 'numeric' : 'text'} />
      )}
      <FormActions>
        <Button variant="primary" type="submit" busy={prove.isPending}>
          {text.submit}
        </Button>
        {methods
          .filter((other) => other !== method)
          .map((other) => (
            <Button
              key={other}
              variant="quiet"
              onClick={() => {
                prove.reset()
                setMissing(false)
                choose(other)
              }}
            >
              {text.instead[other]}
            </Button>
          ))}
      </FormActions>
    </Form>
  )
}
