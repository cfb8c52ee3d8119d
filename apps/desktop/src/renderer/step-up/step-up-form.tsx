import { useMutation } from '@tanstack/react-query'
import type { StepUpMethod } from '@tollkeeper/shared'
import { Button, Form, FormActions, PasswordField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { failureOf } from '../api/failure-of.ts'
import { useServer } from '../api/server-provider.tsx'
import { ActFailure } from '../notice/act-failure.tsx'
import { proofQuestion } from './proof-question.ts'

const words: Record<StepUpMethod, { label: string; missing: string; instead: string }> = {
  password: { label: 'Password', missing: 'Enter your password.', instead: 'Use your password' },
  totp: { label: 'Code of your authenticator app', missing: 'Enter the code.', instead: 'Use the authenticator app' },
  backup_code: { label: 'Backup code', missing: 'Enter one of your backup codes.', instead: 'Use a backup code' },
}
const aboutTheField = new Set(['auth.password_wrong', 'auth.second_factor_wrong'])

/** The password, or a code, whichever the operator has. */
export function StepUpForm({ methods }: { methods: readonly StepUpMethod[] }) {
  const server = useServer()
  const [method, choose] = useState<StepUpMethod>(methods[0]!)
  const [missing, setMissing] = useState(false)
  const prove = useMutation(server.auth.stepUp.prove.mutationOptions({ onSuccess: () => proofQuestion.answer(true) }))
  const failure = prove.error ? failureOf(prove.error) : null
  const wrong = failure && aboutTheField.has(failure.code) ? `${failure.title} ${failure.next}` : undefined
  const field = { label: words[method].label, name: 'secret', autoFocus: true } as const
  return (
    <Form
      key={method}
      notice={failure && !wrong && <ActFailure error={prove.error} />}
      errors={{ secret: missing ? words[method].missing : wrong }}
      onSubmit={(values) => {
        const secret = String(values.get('secret') ?? '')
        setMissing(secret.trim() === '')
        if (secret.trim() !== '' && !prove.isPending) prove.mutate({ method, secret })
      }}
    >
      {method === 'password' ? (
        <PasswordField {...field} autoComplete="current-password" />
      ) : (
        <TextField {...field} mono autoComplete="one-time-code" />
      )}
      <FormActions>
        <Button variant="primary" type="submit" busy={prove.isPending}>
          Continue
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
              {words[other].instead}
            </Button>
          ))}
      </FormActions>
    </Form>
  )
}
