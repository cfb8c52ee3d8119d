import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Form, Notice, PasswordField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { isHalfDone, readFailure } from '../../api/failure.ts'
import { fieldErrors } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { useArrival } from '../../session/use-arrival.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { textLink } from '../../shell/text-link.ts'
import { ProviderFailure } from '../../ways-in/provider-failure.tsx'
import { OtherWays } from './other-ways.tsx'
import { SignInFailure } from './sign-in-failure.tsx'
import { text } from './text.ts'

const route = getRouteApi('/sign-in')

/** Email and password; then on to where the person was going. */
export function SignIn() {
  const { next, email = '', verified, error } = route.useSearch()
  const trpc = useTRPC()
  const [sent, setSent] = useState<{ email: string; password: string } | null>(null)
  const signIn = useMutation(trpc.auth.signIn.mutationOptions(useArrival(next)))
  const failure = signIn.error && !isHalfDone(signIn.error) ? readFailure(signIn.error) : null
  const missing = sent && {
    email: sent.email ? undefined : text.missingEmail,
    password: sent.password ? undefined : text.missingPassword,
  }
  return (
    <EntryPage
      title={text.title}
      description={next && !verified ? text.toContinue : undefined}
      below={
        <>
          {text.noAccount}{' '}
          <Link to="/sign-up" search={{ next }} className={textLink}>
            {text.signUp}
          </Link>
        </>
      }
    >
      <Form
        notice={
          failure ? (
            <SignInFailure error={signIn.error} email={sent?.email ?? email} />
          ) : error ? (
            <ProviderFailure code={error} />
          ) : (
            verified && (
              <Notice tone="allowed" title={text.verified}>
                {text.verifiedNext}
              </Notice>
            )
          )
        }
        errors={{ ...fieldErrors(failure, ['email', 'password']), ...missing }}
        onSubmit={(values) => {
          const entered = { email: String(values.get('email') ?? '').trim(), password: String(values.get('password') ?? '') }
          setSent(entered)
          if (entered.email && entered.password && !signIn.isPending) signIn.mutate(entered)
        }}
      >
        <TextField label={text.email} name="email" type="email" autoComplete="username" defaultValue={email} autoFocus={!email} />
        <PasswordField label={text.password} name="password" autoComplete="current-password" autoFocus={Boolean(email)} />
        <Link to="/forgot-password" search={{ email: sent?.email || email || undefined }} className={`${textLink} self-start`}>
          {text.forgot}
        </Link>
        <Button variant="primary" type="submit" wide busy={signIn.isPending}>
          {text.submit}
        </Button>
      </Form>
      <OtherWays next={next} email={sent?.email || email} />
    </EntryPage>
  )
}
