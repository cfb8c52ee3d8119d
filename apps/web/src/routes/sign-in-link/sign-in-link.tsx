import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from '@tollkeeper/ui'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useArrival } from '../../session/use-arrival.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { text } from './text.ts'

const deadCodes = new Set(['auth.token_invalid', 'auth.token_expired'])
const route = getRouteApi('/sign-in-link')

/** Where the link of a sign-in mail leads. Opening it does nothing: a program that looks into mails opens links, and presses nothing. */
export function SignInLink() {
  const { token } = route.useSearch()
  const trpc = useTRPC()
  const signIn = useMutation(trpc.auth.mail.signInWithLink.mutationOptions(useArrival(undefined)))
  if (!token) return <EntryPage title={text.noToken.title} description={text.noToken.body} below={<AnotherMail />} />
  if (signIn.error && isDeadLink(signIn.error))
    return <EntryPage title={text.dead.title} description={text.dead.body} below={<AnotherMail />} />
  return (
    <EntryPage title={text.title} description={text.body}>
      {signIn.error ? <FailureNotice error={signIn.error} action={<AnotherMail />} /> : null}
      <Button variant="primary" wide busy={signIn.isPending} onClick={() => !signIn.isPending && signIn.mutate({ token })}>
        {text.act}
      </Button>
    </EntryPage>
  )
}

function isDeadLink(error: unknown): boolean {
  return deadCodes.has(readFailure(error).code)
}

function AnotherMail() {
  return (
    <Button size="small" asChild>
      <Link to="/sign-in-code" search={{}}>
        {text.again}
      </Link>
    </Button>
  )
}
