import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { DataTable, EmptyState, Quantity } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { listInterval } from '../api/list-interval.ts'
import { useServer, useServerClient } from '../api/server-provider.tsx'
import { ListHead } from '../frame/list-head.tsx'
import { LoadMore } from '../frame/load-more.tsx'
import { Screen } from '../frame/screen.tsx'
import { SearchBox } from '../frame/search-box.tsx'
import { useWide } from '../frame/use-wide.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { StaleNotice } from '../notice/stale-notice.tsx'
import { userColumns } from './user-columns.tsx'

/** Everyone who has registered, newest first. */
export function UsersScreen() {
  const { id: connectionId } = useConnection()
  const { search } = useSearch({ from: '/c/$connectionId/users' })
  const navigate = useNavigate()
  const wide = useWide()
  const server = useServer()
  const client = useServerClient()
  const asked = { limit: 50, ...(search ? { search } : {}) }
  const query = useInfiniteQuery({
    queryKey: server.operator.users.infiniteQueryKey(asked),
    queryFn: ({ pageParam }) => client.operator.users.query({ ...asked, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: listInterval,
  })
  const rows = query.data?.pages.flatMap((page) => page.rows)
  const total = query.data?.pages[0]?.total
  return (
    <Screen
      fill
      head={
        <ListHead title="Users" count={total !== undefined && <Quantity value={total} />}>
          <SearchBox
            label="Search users"
            placeholder="Search by name, email or id"
            value={search ?? ''}
            onChange={(next) =>
              void navigate({
                to: '/c/$connectionId/users',
                params: { connectionId },
                search: next ? { search: next } : {},
                replace: true,
              })
            }
          />
        </ListHead>
      }
    >
      {query.error !== null && rows && <StaleNotice error={query.error} since={query.dataUpdatedAt} />}
      {query.error !== null && !rows ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <div className="min-h-0 flex-initial">
          <DataTable
            label="Users"
            scroll="self"
            columns={userColumns(wide ? 'wide' : 'normal')}
            rows={rows}
            rowKey={(user) => user.id}
            openLabel={(user) => `Open ${user.name}`}
            onOpen={({ id: userId }) => void navigate({ to: '/c/$connectionId/users/$userId', params: { connectionId, userId } })}
            skeletonRows={12}
            empty={
              <EmptyState>
                {search ? `Nobody matches "${search}". The search looks at names, emails and ids.` : 'Nobody has registered yet.'}
              </EmptyState>
            }
          />
        </div>
      )}
      <LoadMore
        shown={rows?.length ?? 0}
        total={total ?? 0}
        loading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
    </Screen>
  )
}
