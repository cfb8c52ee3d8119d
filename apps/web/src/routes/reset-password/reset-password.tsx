import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Form, PasswordField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { textLink } from '../../shell/text-link.ts'
import { text } from './text.ts'

const route = getRouteApi('/reset-password')

/** Where the link of the reset mail leads. */
export function ResetPassword() {
  const { token } = route.useSearch()
  const [setFor, onSet] = useState<string | null>(null)
  if (!token) {
    return (
      <EntryPage title={text.noToken.title} description={text.noToken.body}>
        <div>
          <Button asChild>
            <Link to="/forgot-password" search={{}}>
              {text.another}
            </Link>
          </Button>
        </div>
      </EntryPage>
    )
  }
  if (setFor === null) return <NewPassword token={token} onSet={onSet} />
  return (
    <EntryPage title={text.done} description={text.doneBody} open>
      <div>
        <Button variant="primary" asChild>
          <Link to="/sign-in" search={{ email: setFor }}>
            {text.signIn}
          </Link>
        </Button>
      </div>
    </EntryPage>
  )
}

function NewPassword({ token, onSet }: { token: string; onSet: (email: string) => void }) {
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const reset = useMutation(trpc.auth.account.resetPassword.mutationOptions({ onSuccess: ({ email }) => onSet(email) }))
  const failure = reset.error ? readFailure(reset.error) : null
  return (
    <EntryPage
      title={text.title}
      description={text.body}
      below={
        <Link to="/forgot-password" search={{}} className={textLink}>
          {text.another}
        </Link>
      }
    >
      <Form
        notice={failure && !landsOnFields(failure, ['password']) && <FailureNotice error={reset.error} />}
        errors={missing ? { password: text.missing } : fieldErrors(failure, ['password'])}
        onSubmit={(values) => {
          const password = String(values.get('password') ?? '')
          setMissing(password === '')
          if (password !== '' && !reset.isPending) reset.mutate({ token, password })
        }}
      >
        <PasswordField label={text.password} name="password" autoComplete="new-password" help={text.help} autoFocus />
        <Button variant="primary" type="submit" wide busy={reset.isPending}>
          {text.set}
        </Button>
      </Form>
    </EntryPage>
  )
}
