import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'

interface Page<Row> {
  rows: Row[]
  nextCursor: string | null
}

export interface Pages<Row> {
  /** Undefined until the first page is there. */
  rows: Row[] | undefined
  error: unknown
  hasMore: boolean
  loadingMore: boolean
  loadMore: () => void
  reload: () => void
}

/**
 * A list that grows page by page. Written on the bare client: the infinite options of tRPC add a `direction` to the input,
 * which the server's strict inputs refuse.
 */
export function usePages<Row>(key: QueryKey, load: (cursor: string | undefined) => Promise<Page<Row>>): Pages<Row> {
  const query = useInfiniteQuery({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Row>) => page.nextCursor ?? undefined,
  })
  return {
    rows: query.data?.pages.flatMap((page) => page.rows),
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    reload: () => void query.refetch(),
  }
}
