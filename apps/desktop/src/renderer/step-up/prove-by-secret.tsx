import { useMutation } from '@tanstack/react-query'
import { Button, Form, FormActions, PasswordField, TextField } from '@tollkeeper/ui'
import { type ReactNode, useState } from 'react'
import { failureOf } from '../api/failure-of.ts'
import { useServer } from '../api/server-provider.tsx'
import { ActFailure } from '../notice/act-failure.tsx'
import { proofQuestion } from './proof-question.ts'
import { type Provable, words } from './words.ts'

const aboutTheField = new Set(['auth.password_wrong', 'auth.second_factor_wrong', 'auth.step_up_code_wrong'])

/** The password, or a code. */
export function ProveBySecret({ method, others }: { method: Provable; others: ReactNode }) {
  const server = useServer()
  const [missing, setMissing] = useState(false)
  const prove = useMutation(server.auth.stepUp.prove.mutationOptions({ onSuccess: () => proofQuestion.answer(true) }))
  const failure = prove.error ? failureOf(prove.error) : null
  const wrong = failure && aboutTheField.has(failure.code) ? `${failure.title} ${failure.next}` : undefined
  const field = { label: words[method].label, name: 'secret', autoFocus: true } as const
  return (
    <Form
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
        {others}
      </FormActions>
    </Form>
  )
}
