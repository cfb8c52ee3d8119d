import { type InfiniteData, keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { type Column, DataTable, EmptyState, Quantity } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { listInterval } from '../api/list-interval.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { StaleNotice } from '../notice/stale-notice.tsx'
import { ListHead } from './list-head.tsx'
import { LoadMore } from './load-more.tsx'
import { Screen } from './screen.tsx'
import { SearchBox } from './search-box.tsx'
import { useWide } from './use-wide.ts'

interface ListPage<Row> {
  rows: Row[]
  nextCursor: string | null
  total: number
}

export interface ListScreenProps<Row> {
  title: string
  placeholder: string
  search: string | undefined
  onSearch: (search: string) => void
  /** Names the list in the cache; the search text is part of it. */
  queryKey: QueryKey
  load: (page: { cursor?: string }) => Promise<ListPage<Row>>
  columns: (room: 'normal' | 'wide') => Column<Row>[]
  rowKey: (row: Row) => string
  openLabel: (row: Row) => string
  onOpen: (row: Row) => void
  /** One sentence for nothing there, or nothing found. */
  empty: string
  /** Beside the search. */
  action?: ReactNode
}

/** Everything of one kind, newest first: searched on the server, renewed while it is looked at, longer page by page. */
export function ListScreen<Row>(props: ListScreenProps<Row>) {
  const { title, placeholder, search, onSearch, queryKey, load, columns, rowKey, openLabel, onOpen, empty, action } = props
  const wide = useWide()
  const query = useInfiniteQuery<ListPage<Row>, Error, InfiniteData<ListPage<Row>>, QueryKey, string>({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam ? { cursor: pageParam } : {}),
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
        <ListHead title={title} count={total !== undefined && <Quantity value={total} />}>
          <div className="flex flex-wrap items-center gap-2">
            <SearchBox label={`Search ${title.toLowerCase()}`} placeholder={placeholder} value={search ?? ''} onChange={onSearch} />
            {action}
          </div>
        </ListHead>
      }
    >
      {query.error !== null && rows && <StaleNotice error={query.error} since={query.dataUpdatedAt} />}
      {query.error !== null && !rows ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <div className="min-h-0 flex-initial">
          <DataTable
            label={title}
            scroll="self"
            columns={columns(wide ? 'wide' : 'normal')}
            rows={rows}
            rowKey={rowKey}
            openLabel={openLabel}
            onOpen={onOpen}
            skeletonRows={12}
            empty={<EmptyState>{empty}</EmptyState>}
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
