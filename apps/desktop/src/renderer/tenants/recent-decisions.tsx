import { useQuery } from '@tanstack/react-query'
import type { RecentDecision } from '@tollkeeper/shared'
import { type Column, CopyId, DataTable, EmptyState, Quantity, StatusBadge, Tooltip } from '@tollkeeper/ui'
import type { z } from 'zod'
import { useServer } from '../api/server-provider.tsx'
import { Panel } from '../frame/panel.tsx'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { ClockTime } from './clock-time.tsx'
import { liveInterval } from './live-interval.ts'

const columns: Column<z.infer<typeof RecentDecision>>[] = [
  { key: 'at', header: 'Time', cell: (decision) => <ClockTime at={decision.at} /> },
  {
    key: 'outcome',
    header: 'Outcome',
    cell: (decision) =>
      decision.allowed ? <StatusBadge tone="allowed">Allowed</StatusBadge> : <StatusBadge tone="denied">Denied</StatusBadge>,
  },
  { key: 'feature', header: 'Feature', cell: (decision) => <code className="text-[0.92em]">{decision.feature}</code> },
  { key: 'amount', header: 'Amount', numeric: true, cell: (decision) => <Quantity value={decision.amount} /> },
  {
    key: 'code',
    header: 'Code',
    width: '100%',
    cell: (decision) =>
      decision.allowed ? (
        <span className="text-ink-muted">–</span>
      ) : (
        <span className="flex w-0 min-w-full">
          <Tooltip content={decision.code}>
            <code className="min-w-0 truncate text-[0.92em]">{decision.code}</code>
          </Tooltip>
        </span>
      ),
  },
  { key: 'id', header: 'Decision', cell: (decision) => <CopyId id={decision.decisionId} short /> },
]

/** The decision log as it grows, newest first. */
export function RecentDecisions({ tenantId }: { tenantId: string }) {
  const server = useServer()
  const query = useQuery(
    server.operator.recentDecisions.queryOptions({ id: tenantId }, { refetchInterval: liveInterval, retry: false }),
  )
  return (
    <Panel
      title="Recent decisions"
      aside={<span className="text-ink-muted text-xs">Every denial, and a sample of what was allowed</span>}
    >
      {query.error && !query.data ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <div className="flex max-h-88 flex-col">
          <DataTable
            label="Recent decisions"
            scroll="self"
            columns={columns}
            rows={query.data?.decisions}
            rowKey={(decision) => decision.decisionId}
            skeletonRows={8}
            empty={
              <EmptyState>
                Nothing has been decided for this tenant yet. The next call of authorize appears here within a second.
              </EmptyState>
            }
          />
        </div>
      )}
    </Panel>
  )
}
