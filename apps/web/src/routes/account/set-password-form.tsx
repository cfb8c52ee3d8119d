import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, PasswordField, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

const fields = ['newPassword']

/** The first password. There is none to ask for, so the server asks otherwise who it is where the sign-in has grown old. */
export function SetPasswordForm() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const [missing, setMissing] = useState(false)
  const set = useMutation(
    trpc.auth.account.setPassword.mutationOptions({
      onSuccess: async () => {
        toast({ title: text.password.isSet })
        await queries.invalidateQueries({ queryKey: trpc.auth.account.read.queryKey() })
      },
    }),
  )
  const failure = set.error ? readFailure(set.error) : null
  return (
    <Form
      notice={failure && !landsOnFields(failure, fields) && <FailureNotice error={set.error} />}
      errors={missing ? { newPassword: text.password.missingFirst } : fieldErrors(failure, fields)}
      onSubmit={(values) => {
        const newPassword = String(values.get('newPassword') ?? '')
        setMissing(newPassword === '')
        if (newPassword !== '' && !set.isPending) set.mutate({ newPassword })
      }}
    >
      <PasswordField label={text.password.first} name="newPassword" autoComplete="new-password" help={text.password.nextHelp} />
      <div>
        <Button type="submit" busy={set.isPending}>
          {text.password.set}
        </Button>
      </div>
    </Form>
  )
}
