import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Column, DataTable, DateTime, EmptyState, StatusBadge } from '@tollkeeper/ui'
import { useState } from 'react'
import { useConnection } from '../api/connection-context.tsx'
import { listInterval } from '../api/list-interval.ts'
import { useServer, useServerClient } from '../api/server-provider.tsx'
import { Fitting } from '../frame/fitting.tsx'
import { LoadMore } from '../frame/load-more.tsx'
import { SearchBox } from '../frame/search-box.tsx'
import { useWide } from '../frame/use-wide.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { StaleNotice } from '../notice/stale-notice.tsx'
import { MailDialog } from './mail-dialog.tsx'
import { type Mail, type MailState, serverWords, stateWords } from './mail-words.ts'
import { StateFilter } from './state-filter.tsx'

const attempts: Column<Mail> = { key: 'attempts', header: 'Attempts', numeric: true, cell: (mail) => mail.attempts }
const columns: Column<Mail>[] = [
  {
    key: 'state',
    header: 'State',
    cell: ({ state }) => <StatusBadge tone={stateWords[state].tone}>{stateWords[state].word}</StatusBadge>,
  },
  { key: 'to', header: 'To', width: '40%', cell: ({ to }) => <Fitting>{to}</Fitting> },
  {
    key: 'subject',
    header: 'Subject',
    width: '60%',
    cell: ({ subject, error, state }) => (
      <span className="flex w-0 min-w-full flex-col py-1">
        <span className="truncate">{subject}</span>
        {error && state !== 'sent' && <code className="truncate text-denied text-xs">{serverWords(error)}</code>}
      </span>
    ),
  },
  { key: 'createdAt', header: 'Written', cell: ({ createdAt }) => <DateTime value={createdAt} /> },
]

/** Every mail, the newest first, by what became of it; each opens on why. */
export function MailList() {
  const { id: connectionId } = useConnection()
  const { search, state } = useSearch({ from: '/c/$connectionId/outbox' })
  const navigate = useNavigate()
  const wide = useWide()
  const server = useServer()
  const client = useServerClient()
  const [openId, setOpenId] = useState<string | null>(null)
  const asked = { limit: 50, ...(search ? { search } : {}), ...(state ? { state } : {}) }
  const query = useInfiniteQuery({
    queryKey: server.operator.mails.infiniteQueryKey(asked),
    queryFn: ({ pageParam }) => client.operator.mails.query({ ...asked, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: listInterval,
  })
  const show = (next: { search?: string; state?: MailState }) =>
    void navigate({ to: '/c/$connectionId/outbox', params: { connectionId }, search: next, replace: true })
  const rows = query.data?.pages.flatMap((page) => page.rows)
  const opened = rows?.find(({ id }) => id === openId)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <StateFilter
          state={state}
          byState={query.data?.pages[0]?.byState}
          onChange={(next) => show({ ...(search ? { search } : {}), ...(next ? { state: next } : {}) })}
        />
        <SearchBox
          label="Search mails"
          placeholder="Search by recipient, template or id"
          value={search ?? ''}
          onChange={(next) => show({ ...(next ? { search: next } : {}), ...(state ? { state } : {}) })}
        />
      </div>
      {query.error !== null && rows && <StaleNotice error={query.error} since={query.dataUpdatedAt} />}
      {query.error !== null && !rows ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <DataTable
          label="Mails"
          columns={wide ? [...columns, attempts] : columns}
          rows={rows}
          rowKey={({ id }) => id}
          openLabel={({ subject, to }) => `Open ${subject} to ${to}`}
          onOpen={({ id }) => setOpenId(id)}
          skeletonRows={12}
          empty={
            <EmptyState>
              {search || state
                ? 'No mail is like this.'
                : 'No mail was written yet. Register somebody, and the first one appears here.'}
            </EmptyState>
          }
        />
      )}
      <LoadMore
        shown={rows?.length ?? 0}
        loading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
      <MailDialog mail={opened} onClose={() => setOpenId(null)} />
    </div>
  )
}
