import { useMutation } from '@tanstack/react-query'
import type { StepUpInput } from '@tollkeeper/shared'
import { Button, Form, FormActions, PasswordField, TextField } from '@tollkeeper/ui'
import { type ReactNode, useState } from 'react'
import { readFailure } from '../api/failure.ts'
import { FailureNotice } from '../api/failure-notice.tsx'
import { useTRPC } from '../api/trpc.ts'
import { proofQuestion } from './proof-question.ts'
import { text } from './text.ts'

const aboutTheField = new Set(['auth.password_wrong', 'auth.second_factor_wrong', 'auth.step_up_code_wrong'])

interface ProveBySecretProps {
  method: StepUpInput['method']
  /** What can be pressed instead. */
  others: ReactNode
}

/** The password, or a code. */
export function ProveBySecret({ method, others }: ProveBySecretProps) {
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const prove = useMutation(trpc.auth.stepUp.prove.mutationOptions({ onSuccess: () => proofQuestion.answer(true) }))
  const failure = prove.error ? readFailure(prove.error) : null
  const wrong = failure && aboutTheField.has(failure.code) ? `${failure.title} ${failure.next}` : undefined
  const field = { label: text.label[method], name: 'secret', autoFocus: true } as const
  return (
    <Form
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
        <TextField {...field} mono autoComplete="one-time-code" inputMode={method === 'backup_code' ? 'text' : 'numeric'} />
      )}
      <FormActions>
        <Button variant="primary" type="submit" busy={prove.isPending}>
          {text.submit}
        </Button>
        {others}
      </FormActions>
    </Form>
  )
}
