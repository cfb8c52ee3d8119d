import { useMutation } from '@tanstack/react-query'
import type { SecondFactorInput } from '@tollkeeper/shared'
import { Button, Form, TextField } from '@tollkeeper/ui'
import { type ReactNode, useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import type { Ending } from './second-step-form.tsx'
import { text } from './text.ts'

interface CodeFormProps {
  method: SecondFactorInput['method']
  ending: Ending
  /** What can be pressed instead. */
  others: ReactNode
}

/** One code, of the app or from the paper. */
export function CodeForm({ method, ending, others }: CodeFormProps) {
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const finish = useMutation(trpc.auth.challenge.signIn.mutationOptions(ending))
  const failure = finish.error ? readFailure(finish.error) : null
  const wrong = failure?.code === 'auth.second_factor_wrong' ? `${failure.title} ${failure.next}` : undefined
  return (
    <Form
      notice={failure && !wrong && <FailureNotice error={finish.error} />}
      errors={{ code: missing ? text.missing[method] : wrong }}
      onSubmit={(values) => {
        const code = String(values.get('code') ?? '').trim()
        setMissing(code === '')
        if (code !== '' && !finish.isPending) finish.mutate({ method, code })
      }}
    >
      <TextField
        label={text.label[method]}
        name="code"
        mono
        autoComplete="one-time-code"
        inputMode={method === 'totp' ? 'numeric' : 'text'}
        autoFocus
      />
      <Button variant="primary" type="submit" wide busy={finish.isPending}>
        {text.submit}
      </Button>
      {others}
    </Form>
  )
}
