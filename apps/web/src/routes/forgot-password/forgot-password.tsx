import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Form, Notice, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { textLink } from '../../shell/text-link.ts'
import { text } from './text.ts'

const route = getRouteApi('/forgot-password')

/** Has a link mailed that sets a password. The answer tells nobody whether the address is known. */
export function ForgotPassword() {
  const { email = '' } = route.useSearch()
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const ask = useMutation(trpc.auth.account.forgotPassword.mutationOptions())
  const failure = ask.error ? readFailure(ask.error) : null
  return (
    <EntryPage
      title={text.title}
      description={text.body}
      below={
        <>
          {text.remembered}{' '}
          <Link to="/sign-in" search={{}} className={textLink}>
            {text.signIn}
          </Link>
        </>
      }
    >
      {ask.isSuccess ? (
        <Notice tone="info" title={text.sent(ask.variables.email)} urgent>
          {text.sentBody}
        </Notice>
      ) : (
        <Form
          notice={failure && !landsOnFields(failure, ['email']) && <FailureNotice error={ask.error} />}
          errors={missing ? { email: text.missing } : fieldErrors(failure, ['email'])}
          onSubmit={(values) => {
            const entered = String(values.get('email') ?? '').trim()
            setMissing(entered === '')
            if (entered !== '' && !ask.isPending) ask.mutate({ email: entered })
          }}
        >
          <TextField label={text.email} name="email" type="email" autoComplete="username" defaultValue={email} autoFocus />
          <Button variant="primary" type="submit" wide busy={ask.isPending}>
            {text.send}
          </Button>
        </Form>
      )}
    </EntryPage>
  )
}
