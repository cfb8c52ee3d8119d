import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Column, DataTable, DateTime, EmptyState, Quantity } from '@tollkeeper/ui'
import type { MailboxMessage } from '../../bridge/channels.ts'
import { useConnection } from '../api/connection-context.tsx'
import { ask } from '../bridge/ask.ts'
import { ListHead } from '../frame/list-head.tsx'
import { Screen } from '../frame/screen.tsx'
import { useKeys } from '../keyboard/use-keys.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { StaleNotice } from '../notice/stale-notice.tsx'
import { MessageView } from './message-view.tsx'

const columns: Column<MailboxMessage>[] = [
  {
    key: 'subject',
    header: 'Subject',
    width: '100%',
    cell: (message) => (
      <span className="flex w-0 min-w-full flex-col py-1">
        <span className="truncate">{message.subject}</span>
        <span className="truncate text-ink-muted text-xs">{message.to}</span>
      </span>
    ),
  },
  { key: 'at', header: 'Sent', numeric: true, cell: (message) => <DateTime value={message.at} /> },
]

/** Every mail a development server would have sent, newest first. */
export function MailboxScreen() {
  const { id: connectionId } = useConnection()
  const { message: openId } = useSearch({ from: '/c/$connectionId/mailbox' })
  const navigate = useNavigate()
  const query = useQuery({
    queryKey: ['mailbox'],
    queryFn: async () => (await ask(window.tollkeeper.call['server.mailbox']({ connectionId }))).messages,
    refetchInterval: 3_000,
  })
  const open = (message?: string) =>
    void navigate({ to: '/c/$connectionId/mailbox', params: { connectionId }, search: message ? { message } : {}, replace: true })
  useKeys({ escape: () => open() })
  const messages = query.data
  const shown = messages?.find(({ id }) => id === openId) ?? messages?.[0]
  return (
    <Screen fill head={<ListHead title="Development mailbox" count={messages && <Quantity value={messages.length} />} />}>
      {query.error && messages !== undefined && <StaleNotice error={query.error} since={query.dataUpdatedAt} />}
      {query.error && messages === undefined ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : messages === null ? (
        <EmptyState>
          This server has no development mailbox: it sends its mail by SMTP, as in production. Where SMTP_URL is not set, every
          message can be read here.
        </EmptyState>
      ) : messages?.length === 0 ? (
        <EmptyState>
          No mail lies here. Register somebody, and the verification mail appears; where the server sends by SMTP, its mails are in
          the Outbox.
        </EmptyState>
      ) : (
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,5fr)_minmax(0,7fr)] gap-4">
          <div className="min-h-0">
            <DataTable
              label="Messages"
              scroll="self"
              columns={columns}
              rows={messages}
              rowKey={(message) => message.id}
              openLabel={(message) => `Read ${message.subject}`}
              onOpen={(message) => open(message.id)}
              selected={shown?.id}
              skeletonRows={10}
              empty={null}
            />
          </div>
          {shown && <MessageView key={shown.id} message={shown} />}
        </div>
      )}
    </Screen>
  )
}
