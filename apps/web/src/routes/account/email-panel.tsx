import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Notice, PasswordField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import type { Answers } from '../../api/answers.ts'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { text } from './text.ts'

const fields = ['email', 'password']

/** The address, and the way to another one. */
export function EmailPanel({ account }: { account: Answers['auth']['account']['read'] }) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { user } = useSession()
  const [sent, setSent] = useState<{ email: string; password: string } | null>(null)
  const change = useMutation(
    trpc.auth.account.changeEmail.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.auth.account.read.queryKey() }),
    }),
  )
  const failure = change.error ? readFailure(change.error) : null
  const missing = {
    ...(sent?.email === '' && { email: text.email.missing }),
    ...(sent?.password === '' && { password: text.password.missingCurrent }),
  }
  return (
    <Panel title={text.email.title} note={text.email.now(user.email)}>
      {account.pendingEmail && (
        <Notice tone="info" title={text.email.pending(account.pendingEmail)}>
          {text.email.pendingBody}
        </Notice>
      )}
      {account.hasPassword ? (
        <div className="max-w-96">
          <Form
            notice={failure && !landsOnFields(failure, fields) && <FailureNotice error={change.error} />}
            errors={{ ...fieldErrors(failure, fields), ...missing }}
            onSubmit={(values) => {
              const entered = { email: String(values.get('email') ?? '').trim(), password: String(values.get('password') ?? '') }
              setSent(entered)
              if (entered.email && entered.password && !change.isPending) change.mutate(entered)
            }}
          >
            <TextField label={text.email.newEmail} name="email" type="email" autoComplete="email" />
            <PasswordField label={text.password.current} name="password" autoComplete="current-password" />
            <div>
              <Button type="submit" busy={change.isPending}>
                {text.email.change}
              </Button>
            </div>
          </Form>
        </div>
      ) : (
        <div className="flex flex-col items-start gap-3">
          <p className="text-ink-muted">{text.email.noPassword}</p>
          <Button asChild>
            <Link to="/account/security">{text.email.toPassword}</Link>
          </Button>
        </div>
      )}
    </Panel>
  )
}
