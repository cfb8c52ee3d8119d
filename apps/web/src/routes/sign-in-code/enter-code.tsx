import { useMutation } from '@tanstack/react-query'
import { Button, Form, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { useArrival } from '../../session/use-arrival.ts'
import { DevelopmentMailbox } from '../sign-up/development-mailbox.tsx'
import { keptAttempt } from './kept-attempt.ts'
import type { Attempt } from './sign-in-code.tsx'
import { text } from './text.ts'

export interface EnterCodeProps {
  attempt: Attempt
  next: string | undefined
  onOther: () => void
  onSentAgain: (attempt: Attempt) => void
}

/** The second step: six digits, as they are typed or pasted. */
export function EnterCode({ attempt, next, onOther, onSentAgain }: EnterCodeProps) {
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const { onSuccess, onError } = useArrival(next)
  const signIn = useMutation(
    trpc.auth.mail.signInWithCode.mutationOptions({
      onSuccess: (me) => {
        keptAttempt.write(null)
        return onSuccess(me)
      },
      onError,
    }),
  )
  const again = useMutation(
    trpc.auth.mail.ask.mutationOptions({ onSuccess: (answer) => onSentAgain({ ...answer, email: attempt.email }) }),
  )
  const failure = signIn.error ? readFailure(signIn.error) : null
  const wrong = failure?.code === 'auth.code_wrong' ? { code: `${failure.title} ${failure.next}` } : {}
  const elsewhere = failure && failure.code !== 'auth.code_wrong' && !landsOnFields(failure, ['code']) ? signIn.error : again.error
  return (
    <>
      <Form
        notice={elsewhere && <FailureNotice error={elsewhere} />}
        errors={missing ? { code: text.missingCode } : { ...fieldErrors(failure, ['code']), ...wrong }}
        onSubmit={(values) => {
          const code = String(values.get('code') ?? '').replaceAll(/\D/g, '')
          setMissing(code.length !== 6)
          if (code.length === 6 && !signIn.isPending) signIn.mutate({ attempt: attempt.attempt, code })
        }}
      >
        <TextField
          label={text.code}
          name="code"
          mono
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={16}
          autoFocus
        />
        <Button variant="primary" type="submit" wide busy={signIn.isPending}>
          {text.submit}
        </Button>
      </Form>
      <div className="flex flex-wrap gap-2">
        <Button size="small" busy={again.isPending} onClick={() => !again.isPending && again.mutate({ email: attempt.email })}>
          {text.again}
        </Button>
        <Button size="small" variant="quiet" onClick={onOther}>
          {text.otherAddress}
        </Button>
      </div>
      <DevelopmentMailbox otherwise={<p className="text-ink-muted">{text.slow}</p>} />
    </>
  )
}
