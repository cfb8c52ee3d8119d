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
import { tenantColumns } from './tenant-columns.tsx'

/** Every tenant of the installation, newest first. */
export function TenantsScreen() {
  const { id: connectionId } = useConnection()
  const { search } = useSearch({ from: '/c/$connectionId/tenants' })
  const navigate = useNavigate()
  const wide = useWide()
  const server = useServer()
  const client = useServerClient()
  const asked = { limit: 50, ...(search ? { search } : {}) }
  const query = useInfiniteQuery({
    queryKey: server.operator.tenants.infiniteQueryKey(asked),
    queryFn: ({ pageParam }) => client.operator.tenants.query({ ...asked, ...(pageParam ? { cursor: pageParam } : {}) }),
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
        <ListHead title="Tenants" count={total !== undefined && <Quantity value={total} />}>
          <SearchBox
            label="Search tenants"
            placeholder="Search by name, slug, member or id"
            value={search ?? ''}
            onChange={(next) =>
              void navigate({
                to: '/c/$connectionId/tenants',
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
            label="Tenants"
            scroll="self"
            columns={tenantColumns(wide ? 'wide' : 'normal')}
            rows={rows}
            rowKey={(tenant) => tenant.id}
            openLabel={(tenant) => `Open ${tenant.name}`}
            onOpen={({ id: tenantId }) =>
              void navigate({ to: '/c/$connectionId/tenants/$tenantId', params: { connectionId, tenantId } })
            }
            skeletonRows={12}
            empty={
              <EmptyState>
                {search
                  ? `No tenant matches "${search}". The search looks at names, slugs, ids and the emails of members.`
                  : 'There is no tenant yet. Everyone who verifies their address gets one.'}
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
