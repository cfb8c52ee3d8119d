import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Skeleton } from '@tollkeeper/ui'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { knowsPasskeys } from '../../ways-in/passkey.ts'
import { SecondStepForm } from './second-step-form.tsx'
import { text } from './text.ts'

const route = getRouteApi('/sign-in/second-step')

/** The second step of a sign-in. What was proved in the first lies in a cookie that this page cannot read. */
export function SecondStep() {
  const { next } = route.useSearch()
  const trpc = useTRPC()
  const pending = useQuery(trpc.auth.challenge.read.queryOptions(undefined, { staleTime: 60_000, gcTime: 0 }))
  if (pending.error) {
    if (readFailure(pending.error).code === 'auth.challenge_ended') return <Ended />
    return (
      <EntryPage title={text.title}>
        <FailureNotice error={pending.error} onRetry={() => void pending.refetch()} />
      </EntryPage>
    )
  }
  if (!pending.data) {
    return (
      <EntryPage title={text.title}>
        <div aria-busy="true">
          <Skeleton width="60%" />
        </div>
      </EntryPage>
    )
  }
  const methods = pending.data.methods.filter((method) => method !== 'passkey' || knowsPasskeys())
  const [first] = methods
  if (!first) {
    return (
      <EntryPage title={text.title} description={text.none} below={text.lost}>
        <SignInAgain />
      </EntryPage>
    )
  }
  return <SecondStepForm first={first} methods={methods} next={next} onEnded={() => void pending.refetch()} />
}

function Ended() {
  return (
    <EntryPage title={text.ended} description={text.endedBody}>
      <SignInAgain />
    </EntryPage>
  )
}

function SignInAgain() {
  const { next } = route.useSearch()
  return (
    <Button asChild variant="primary" wide>
      <Link to="/sign-in" search={{ next }}>
        {text.again}
      </Link>
    </Button>
  )
}
