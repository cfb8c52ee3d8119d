import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from '@tollkeeper/ui'
import { isHalfDone, readFailure } from '../../api/failure.ts'
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
  const failure = signIn.error && !isHalfDone(signIn.error) ? readFailure(signIn.error) : null
  if (!token) return <Useless {...text.noToken} />
  if (failure && deadCodes.has(failure.code)) return <Useless {...text.dead} />
  return (
    <EntryPage title={text.title} description={text.body}>
      {failure && <FailureNotice error={signIn.error} />}
      <Button variant="primary" wide busy={signIn.isPending} onClick={() => !signIn.isPending && signIn.mutate({ token })}>
        {text.act}
      </Button>
    </EntryPage>
  )
}

/** A link that will never work, and the way to one that does. */
function Useless({ title, body }: { title: string; body: string }) {
  return (
    <EntryPage title={title} description={body}>
      <Button variant="primary" wide asChild>
        <Link to="/sign-in-code" search={{}}>
          {text.again}
        </Link>
      </Button>
    </EntryPage>
  )
}
