import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { Button, DateTime, KeyValueList, Skeleton } from '@tollkeeper/ui'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { textLink } from '../../shell/text-link.ts'
import { text } from './text.ts'

/** What asks to sign in, and the two answers. */
export function DeviceRequest({ code, onOther }: { code: string; onOther: () => void }) {
  const trpc = useTRPC()
  const { user } = useSession()
  const { href } = useLocation()
  const request = useQuery(trpc.auth.device.describe.queryOptions({ userCode: code }, { staleTime: Number.POSITIVE_INFINITY }))
  const approve = useMutation(trpc.auth.device.approve.mutationOptions())
  const deny = useMutation(trpc.auth.device.deny.mutationOptions())
  const other = (
    <Button variant="quiet" size="small" onClick={onOther}>
      {text.another}
    </Button>
  )

  if (approve.isSuccess || request.data?.status === 'approved')
    return <EntryPage open title={text.approved.title} description={text.approved.body} />
  if (deny.isSuccess || request.data?.status === 'denied')
    return <EntryPage title={text.denied.title} description={text.denied.body} />
  if (request.error) {
    return (
      <EntryPage title={text.title}>
        <FailureNotice
          error={request.error}
          action={other}
          {...(!isOver(request.error) && { onRetry: () => void request.refetch() })}
        />
      </EntryPage>
    )
  }
  const answering = approve.isPending || deny.isPending
  const error = approve.error ?? deny.error
  return (
    <EntryPage
      title={text.title}
      description={text.ask}
      below={
        <Link to="/sign-in" search={{ next: href }} className={textLink}>
          {text.somebodyElse}
        </Link>
      }
    >
      <p className="select-all rounded-md border border-line bg-surface-raised py-4 text-center font-mono text-2xl tracking-widest">
        {request.data ? request.data.userCode : <Skeleton width="9rem" />}
      </p>
      <KeyValueList
        items={[
          {
            label: text.asks,
            value: request.data ? (text.client[request.data.client] ?? request.data.client) : <Skeleton width="8rem" />,
          },
          { label: text.as, value: user.email },
          { label: text.expires, value: request.data ? <DateTime value={request.data.expiresAt} /> : <Skeleton width="5rem" /> },
        ]}
      />
      {error && <FailureNotice error={error} action={other} />}
      <div className="flex flex-col gap-2">
        <Button
          variant="primary"
          wide
          busy={approve.isPending}
          disabled={!request.data || deny.isPending}
          onClick={() => !answering && approve.mutate({ userCode: code })}
        >
          {text.approve}
        </Button>
        <Button
          wide
          busy={deny.isPending}
          disabled={!request.data || approve.isPending}
          onClick={() => !answering && deny.mutate({ userCode: code })}
        >
          {text.deny}
        </Button>
      </div>
    </EntryPage>
  )
}

/** The code itself is no good any more, however often it is asked about. */
function isOver(error: unknown): boolean {
  return readFailure(error).code.startsWith('auth.device_')
}
