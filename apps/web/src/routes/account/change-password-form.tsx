import { useMutation } from '@tanstack/react-query'
import { Button, Form, PasswordField, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

const fields = ['currentPassword', 'newPassword']

/** Another password, for who knows the one there is. */
export function ChangePasswordForm() {
  const trpc = useTRPC()
  const toast = useToast()
  const [sent, setSent] = useState<{ currentPassword: string; newPassword: string } | null>(null)
  const [round, setRound] = useState(0)
  const change = useMutation(
    trpc.auth.account.changePassword.mutationOptions({
      onSuccess: () => {
        toast({ title: text.password.changed })
        setSent(null)
        setRound((before) => before + 1)
      },
    }),
  )
  const failure = change.error ? readFailure(change.error) : null
  const missing = {
    ...(sent?.currentPassword === '' && { currentPassword: text.password.missingCurrent }),
    ...(sent?.newPassword === '' && { newPassword: text.password.missingNext }),
  }
  return (
    <Form
      key={round}
      notice={failure && !landsOnFields(failure, fields) && <FailureNotice error={change.error} />}
      errors={{ ...fieldErrors(failure, fields), ...missing }}
      onSubmit={(values) => {
        const entered = {
          currentPassword: String(values.get('currentPassword') ?? ''),
          newPassword: String(values.get('newPassword') ?? ''),
        }
        setSent(entered)
        if (entered.currentPassword && entered.newPassword && !change.isPending) change.mutate(entered)
      }}
    >
      <PasswordField label={text.password.current} name="currentPassword" autoComplete="current-password" />
      <PasswordField label={text.password.next} name="newPassword" autoComplete="new-password" help={text.password.nextHelp} />
      <div>
        <Button type="submit" busy={change.isPending}>
          {text.password.change}
        </Button>
      </div>
    </Form>
  )
}
