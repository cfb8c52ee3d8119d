import { useInfiniteQuery } from '@tanstack/react-query'
import type { Suppression } from '@tollkeeper/shared'
import { type Column, DataTable, DateTime, EmptyState } from '@tollkeeper/ui'
import { listInterval } from '../api/list-interval.ts'
import { useServer, useServerClient } from '../api/server-provider.tsx'
import { useMay } from '../api/use-may.ts'
import { Fitting } from '../frame/fitting.tsx'
import { LoadMore } from '../frame/load-more.tsx'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { StaleNotice } from '../notice/stale-notice.tsx'
import { AllowMailDialog } from './allow-mail-dialog.tsx'
import { serverWords } from './mail-words.ts'

const columns: Column<Suppression>[] = [
  { key: 'address', header: 'Address', width: '35%', cell: ({ address }) => <Fitting>{address}</Fitting> },
  { key: 'reason', header: 'What its server said', width: '65%', cell: ({ reason }) => <Fitting>{serverWords(reason)}</Fitting> },
  { key: 'since', header: 'Since', cell: ({ since }) => <DateTime value={since} /> },
]

/** The addresses that refused mail for good, and the way to take one off the list. */
export function SuppressedAddresses() {
  const server = useServer()
  const client = useServerClient()
  const mayRemove = useMay()('user:support')
  const query = useInfiniteQuery({
    queryKey: server.operator.mailSuppressions.infiniteQueryKey({ limit: 50 }),
    queryFn: ({ pageParam }) => client.operator.mailSuppressions.query({ limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: listInterval,
  })
  const rows = query.data?.pages.flatMap((page) => page.rows)
  const actions: Column<Suppression> = {
    key: 'actions',
    header: 'Actions',
    numeric: true,
    cell: ({ address }) => <AllowMailDialog address={address} />,
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-prose text-ink-muted text-pretty">
        Their servers said that there is no such mailbox. They get nothing any more but what the safety of an account needs; a mail
        of that kind that arrives takes the address off by itself.
      </p>
      {query.error !== null && rows && <StaleNotice error={query.error} since={query.dataUpdatedAt} />}
      {query.error !== null && !rows ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <DataTable
          label="Addresses that take no mail"
          columns={mayRemove ? [...columns, actions] : columns}
          rows={rows}
          rowKey={({ address }) => address}
          skeletonRows={4}
          empty={<EmptyState>Every address takes mail, as far as this server knows.</EmptyState>}
        />
      )}
      <LoadMore
        shown={rows?.length ?? 0}
        loading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
    </div>
  )
}
