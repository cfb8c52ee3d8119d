import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Skeleton } from '@tollkeeper/ui'
import { isPassing, readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { Leave } from '../../shell/leave.tsx'
import { NewLinkForm } from './new-link-form.tsx'
import { text } from './text.ts'

const route = getRouteApi('/verify-email')

/** Where the link of the verification mail leads. A token works once, so it is sent once, as a query that is never repeated by itself. */
export function VerifyEmail() {
  const { token } = route.useSearch()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const navigate = useNavigate()
  const verification = useQuery({
    queryKey: [...trpc.auth.verifyEmail.mutationKey(), token],
    queryFn: () => client.auth.verifyEmail.mutate({ token: token ?? '' }),
    enabled: Boolean(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
  })
  const email = verification.data?.email
  if (email !== undefined) {
    return (
      <Leave go={() => void navigate({ to: '/sign-in', search: { verified: 'yes', email }, replace: true })}>
        <Checking />
      </Leave>
    )
  }
  if (!token) return <DeadLink title={text.noToken.title} body={text.noToken.body} />
  if (!verification.error) {
    return <Checking />
  }
  if (isPassing(verification.error) || readFailure(verification.error).code === 'rate.limited') {
    return (
      <EntryPage title={text.unanswered.title}>
        <FailureNotice error={verification.error} onRetry={() => void verification.refetch()} />
      </EntryPage>
    )
  }
  return <DeadLink title={text.failed.title} body={text.failed.body} />
}

function Checking() {
  return (
    <EntryPage title={text.checking.title} description={text.checking.body}>
      <div aria-busy="true" className="flex flex-col gap-3">
        <Skeleton width="80%" />
        <Skeleton width="55%" />
      </div>
    </EntryPage>
  )
}

function DeadLink({ title, body }: { title: string; body: string }) {
  return (
    <EntryPage title={title} description={body}>
      <NewLinkForm />
      <div>
        <Button asChild>
          <Link to="/sign-in" search={{}}>
            {text.signIn}
          </Link>
        </Button>
      </div>
    </EntryPage>
  )
}
