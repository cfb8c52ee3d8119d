import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, PasswordField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { text } from './text.ts'

interface ConfirmFormProps {
  token: string
  /** The address is verified and the person signed in. */
  onSignedIn: () => void
  /** The address is verified, and signing in has to be tried again. */
  onVerified: (email: string) => void
  onDeadLink: () => void
}

const deadCodes = new Set(['auth.token_invalid', 'auth.token_expired'])

/** Asks for the password that was chosen: the link proves the address, and this proves that it was its owner who registered. */
export function ConfirmForm({ token, onSignedIn, onVerified, onDeadLink }: ConfirmFormProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const [missing, setMissing] = useState(false)
  const confirm = useMutation({
    mutationFn: async (password: string) => {
      const { email } = await client.auth.confirmRegistration.mutate({ token, password })
      const me = await client.auth.signIn.mutate({ email, password }).catch(() => null)
      return { email, me }
    },
    onSuccess: ({ email, me }) => {
      if (me === null) return onVerified(email)
      queries.setQueryData(trpc.auth.me.queryKey(), me)
      onSignedIn()
    },
    onError: (error) => {
      if (deadCodes.has(readFailure(error).code)) onDeadLink()
    },
  })
  const failure = confirm.error ? readFailure(confirm.error) : null
  return (
    <Form
      notice={failure && !landsOnFields(failure, ['password']) && <FailureNotice error={confirm.error} />}
      errors={missing ? { password: text.missingPassword } : fieldErrors(failure, ['password'])}
      onSubmit={(values) => {
        const password = String(values.get('password') ?? '')
        setMissing(password === '')
        if (password !== '' && !confirm.isPending) confirm.mutate(password)
      }}
    >
      <PasswordField label={text.password} name="password" autoComplete="current-password" autoFocus />
      <Button variant="primary" type="submit" wide busy={confirm.isPending}>
        {text.confirm}
      </Button>
    </Form>
  )
}
