import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { InvitationOffer } from '@tollkeeper/shared'
import { Button, DateTime, KeyValueList, Skeleton } from '@tollkeeper/ui'
import { useState } from 'react'
import { isSignedOut, readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { JoinAsMe } from './join-as-me.tsx'
import { JoinAsNew } from './join-as-new.tsx'
import { SomebodyElse } from './somebody-else.tsx'
import { text } from './text.ts'

const route = getRouteApi('/invitation')

/** Where the link of an invitation leads: what is offered, and the way to accept it for whoever opens it. */
export function Invitation() {
  const { token } = route.useSearch()
  if (!token) return <Closed {...text.noToken} />
  return <Opened token={token} />
}

function Opened({ token }: { token: string }) {
  const trpc = useTRPC()
  const [declined, setDeclined] = useState(false)
  const offer = useQuery(trpc.tenant.invitation.describe.queryOptions({ token }))
  const me = useQuery(trpc.auth.me.queryOptions(undefined, { staleTime: 0 }))
  if (declined) return <Closed {...text.declined} />
  if (offer.error) return <Failed error={offer.error} onRetry={() => void offer.refetch()} />
  if (me.error && !isSignedOut(me.error)) return <Failed error={me.error} onRetry={() => void me.refetch()} />
  if (!offer.data || (!me.data && !me.error)) return <Waiting />
  if (offer.data.status !== 'pending') return <Closed {...text.ended[offer.data.status]} />
  const person = me.data && { email: me.data.user.email }
  return (
    <EntryPage title={text.title(offer.data.tenant)} description={text.offer(offer.data.inviter, offer.data.role)}>
      <Facts offer={offer.data} />
      {person === undefined ? (
        <JoinAsNew token={token} offer={offer.data} onDeclined={() => setDeclined(true)} />
      ) : person.email === offer.data.email ? (
        <JoinAsMe token={token} offer={offer.data} onDeclined={() => setDeclined(true)} />
      ) : (
        <SomebodyElse mine={person.email} invited={offer.data.email} />
      )}
    </EntryPage>
  )
}

function Facts({ offer: { email, expiresAt } }: { offer: InvitationOffer }) {
  return (
    <KeyValueList
      items={[
        { label: text.forAddress, value: <span className="[overflow-wrap:anywhere]">{email}</span> },
        { label: text.expires, value: <DateTime value={expiresAt} /> },
      ]}
    />
  )
}

function Waiting() {
  return (
    <EntryPage title={text.plainTitle}>
      <Skeleton width="100%" />
      <Skeleton width="60%" />
    </EntryPage>
  )
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <EntryPage title={text.plainTitle}>
      <FailureNotice error={error} {...(mayPass(error) && { onRetry })} />
      <Home />
    </EntryPage>
  )
}

/** What was refused for good is not asked again: there is no such invitation. */
function mayPass(error: unknown): boolean {
  return readFailure(error).code !== 'invitation.not_found'
}

function Closed({ title, body }: { title: string; body: string }) {
  return (
    <EntryPage title={title} description={body}>
      <Home />
    </EntryPage>
  )
}

function Home() {
  return (
    <div>
      <Button asChild>
        <Link to="/">{text.home}</Link>
      </Button>
    </div>
  )
}
