import { useQuery } from '@tanstack/react-query'
import { formatShare, Meter, Quantity, Skeleton, useLocale } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { useConnection } from '../api/connection-context.tsx'
import { useServer } from '../api/server-provider.tsx'
import { ListHead } from '../frame/list-head.tsx'
import { Screen } from '../frame/screen.tsx'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { StaleNotice } from '../notice/stale-notice.tsx'
import { NewestTenants } from './newest-tenants.tsx'
import { NewestUsers } from './newest-users.tsx'

/** The installation in five numbers, and who came last. */
export function OverviewScreen() {
  const { url } = useConnection()
  const { locale } = useLocale()
  const server = useServer()
  const query = useQuery(server.operator.overview.queryOptions(undefined, { refetchInterval: 5_000 }))
  const counts = query.data
  const number = (value: number | undefined): ReactNode =>
    value === undefined ? <Skeleton width="3rem" /> : <Quantity value={value} />
  const denied = counts && counts.decisionsToday > 0 ? formatShare(counts.deniedToday, counts.decisionsToday, locale) : null
  return (
    <Screen head={<ListHead title="Overview" count={<span className="font-mono text-sm">{url}</span>} />}>
      {query.error && counts && <StaleNotice error={query.error} since={query.dataUpdatedAt} />}
      {query.error && !counts ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <section
          aria-label="Counts"
          aria-busy={counts === undefined}
          className="grid grid-cols-3 gap-x-6 gap-y-5 rounded-md border border-line bg-surface-raised px-5 py-4 min-[72rem]:grid-cols-5"
        >
          <Meter label="Users" value={number(counts?.users)} />
          <Meter label="Tenants" value={number(counts?.tenants)} />
          <Meter label="Subscriptions" value={number(counts?.subscriptions)} />
          <Meter label="Decisions today" value={number(counts?.decisionsToday)} note="Since 00:00 UTC" />
          <Meter label="Denied today" value={number(counts?.deniedToday)} note={denied ? `${denied} of all` : undefined} />
        </section>
      )}
      <div className="grid items-start gap-x-8 gap-y-stack min-[72rem]:grid-cols-2">
        <NewestUsers />
        <NewestTenants />
      </div>
    </Screen>
  )
}
