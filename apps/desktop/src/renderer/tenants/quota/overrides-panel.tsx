import { useQuery } from '@tanstack/react-query'
import type { CurrentUsage, OverrideView } from '@tollkeeper/shared'
import { type Column, DataTable, DateTime } from '@tollkeeper/ui'
import { useServer } from '../../api/server-provider.tsx'
import { useMay } from '../../api/use-may.ts'
import { NothingHere } from '../../frame/nothing-here.tsx'
import { Panel } from '../../frame/panel.tsx'
import { FailureNotice } from '../../notice/failure-notice.tsx'
import { EndOverrideDialog } from './end-override-dialog.tsx'
import { FeatureCell } from './feature-cell.tsx'
import { LimitWords } from './limit-words.tsx'
import { OverrideDialog } from './override-dialog.tsx'
import { quotaInterval } from './quota-interval.ts'
import { nameOf, useFeatures } from './use-features.ts'

/** The limits that hold in place of the plan's, and the ways to set and to end them. */
export function OverridesPanel({ tenantId, usage }: { tenantId: string; usage: CurrentUsage | undefined }) {
  const server = useServer()
  const features = useFeatures(usage)
  const maySet = useMay()('quota:grant')
  const query = useQuery(server.quota.grant.overrides.queryOptions({ tenantId }, { refetchInterval: quotaInterval }))
  const kindOf = ({ feature }: OverrideView) => features.get(feature)?.kind
  const columns: Column<OverrideView>[] = [
    {
      key: 'feature',
      header: 'Feature',
      width: '100%',
      cell: (override) => <FeatureCell name={nameOf(features, override.feature)} reason={override.reason} />,
    },
    { key: 'limit', header: 'Limit', numeric: true, cell: (row) => <LimitWords limit={row.limit} kind={kindOf(row)} /> },
    {
      key: 'planLimit',
      header: "Plan's",
      numeric: true,
      cell: (row) => (
        <span className="text-ink-muted">
          <LimitWords limit={row.planLimit} kind={kindOf(row)} />
        </span>
      ),
    },
    {
      key: 'endsAt',
      header: 'Ends',
      cell: ({ endsAt }) =>
        endsAt ? <DateTime value={endsAt} /> : <span className="whitespace-nowrap text-ink-muted">No end</span>,
    },
  ]
  const actions: Column<OverrideView> = {
    key: 'actions',
    header: 'Actions',
    numeric: true,
    cell: (override) =>
      usage && (
        <span className="inline-flex gap-1">
          <OverrideDialog tenantId={tenantId} usage={usage} features={features} present={override} />
          <EndOverrideDialog tenantId={tenantId} override={override} feature={features.get(override.feature)} />
        </span>
      ),
  }
  return (
    <Panel title="Overrides" aside={maySet && usage && <OverrideDialog tenantId={tenantId} usage={usage} features={features} />}>
      {query.error && !query.data ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <DataTable
          label="Overrides of this tenant"
          scroll="self"
          columns={maySet ? [...columns, actions] : columns}
          rows={query.data?.overrides}
          rowKey={({ feature }) => feature}
          skeletonRows={1}
          empty={<NothingHere>Every limit is the plan's. An override holds over changes of plan, until it ends.</NothingHere>}
        />
      )}
    </Panel>
  )
}
