import { useQuery } from '@tanstack/react-query'
import type { CurrentUsage, GrantView } from '@tollkeeper/shared'
import { Button, type Column, DataTable, DateTime, Quantity, StatusBadge } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../../api/server-provider.tsx'
import { useMay } from '../../api/use-may.ts'
import { NothingHere } from '../../frame/nothing-here.tsx'
import { Panel } from '../../frame/panel.tsx'
import { useWide } from '../../frame/use-wide.ts'
import { FailureNotice } from '../../notice/failure-notice.tsx'
import { FeatureCell } from './feature-cell.tsx'
import { GiveUnitsDialog } from './give-units-dialog.tsx'
import { sourceWords, stateWords } from './grant-words.ts'
import { quotaInterval } from './quota-interval.ts'
import { nameOf, useFeatures } from './use-features.ts'
import { VoidGrantDialog } from './void-grant-dialog.tsx'

const state: Column<GrantView> = {
  key: 'state',
  header: 'State',
  cell: (grant) => <StatusBadge tone={stateWords[grant.state].tone}>{stateWords[grant.state].word}</StatusBadge>,
}
const used: Column<GrantView> = { key: 'used', header: 'Used', numeric: true, cell: (grant) => <Quantity value={grant.used} /> }
const left: Column<GrantView> = {
  key: 'remaining',
  header: 'Left',
  numeric: true,
  cell: (grant) => (
    <span className="whitespace-nowrap">
      <Quantity value={grant.remaining} />{' '}
      <span className="text-ink-muted">
        of <Quantity value={grant.units} />
      </span>
    </span>
  ),
}
const source: Column<GrantView> = {
  key: 'source',
  header: 'Source',
  cell: (grant) => <span className="whitespace-nowrap">{sourceWords[grant.source]}</span>,
}
const priority: Column<GrantView> = {
  key: 'priority',
  header: 'Priority',
  numeric: true,
  cell: (grant) => <Quantity value={grant.priority} />,
}
const begins: Column<GrantView> = {
  key: 'effectiveAt',
  header: 'Begins',
  cell: (grant) => <DateTime value={grant.effectiveAt} />,
}
const expires: Column<GrantView> = {
  key: 'expiresAt',
  header: 'Expires',
  cell: (grant) => (grant.expiresAt ? <DateTime value={grant.expiresAt} /> : <span className="text-ink-muted">Never</span>),
}
/** Where there is little room, what was used stands below what is left, and the priority below the end. */
const few: Column<GrantView>[] = [
  state,
  {
    ...left,
    cell: (grant) => (
      <span className="flex flex-col py-1">
        {left.cell(grant)}
        <span className="text-ink-muted text-xs">
          <Quantity value={grant.used} /> used
        </span>
      </span>
    ),
  },
  {
    ...expires,
    cell: (grant) => (
      <span className="flex flex-col py-1">
        {expires.cell(grant)}
        <span className="whitespace-nowrap text-ink-muted text-xs">
          Priority <Quantity value={grant.priority} />
        </span>
      </span>
    ),
  },
]
const all = [state, used, left, source, priority, begins, expires]
/** More than these are shown when they are asked for. */
const SHOWN = 8

/** What a tenant was given beside its plan, the newest first, and the ways to give more and to take back what is left. */
export function GrantsPanel({ tenantId, usage }: { tenantId: string; usage: CurrentUsage | undefined }) {
  const server = useServer()
  const features = useFeatures(usage)
  const wide = useWide()
  const [whole, setWhole] = useState(false)
  const mayGive = useMay()('quota:grant')
  const query = useQuery(server.quota.grant.list.queryOptions({ tenantId }, { refetchInterval: quotaInterval }))
  const feature: Column<GrantView> = {
    key: 'feature',
    header: 'Feature',
    width: '100%',
    cell: (grant) => <FeatureCell name={nameOf(features, grant.feature)} reason={grant.reason} />,
  }
  const actions: Column<GrantView> = {
    key: 'actions',
    header: 'Actions',
    numeric: true,
    cell: (grant) =>
      grant.remaining > 0 && <VoidGrantDialog tenantId={tenantId} grant={grant} feature={features.get(grant.feature)} />,
  }
  const grants = query.data?.grants
  return (
    <Panel title="Grants" aside={mayGive && usage && <GiveUnitsDialog tenantId={tenantId} usage={usage} features={features} />}>
      {query.error && !query.data ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <>
          <DataTable
            label="Grants of this tenant"
            scroll="self"
            columns={[feature, ...(wide ? all : few), ...(mayGive ? [actions] : [])]}
            rows={whole ? grants : grants?.slice(0, SHOWN)}
            rowKey={({ id }) => id}
            skeletonRows={2}
            empty={
              <NothingHere>
                Nothing was given beside the plan. Units that are given are used before or after it, as their priority says.
              </NothingHere>
            }
          />
          {grants && grants.length > SHOWN && !whole && (
            <div>
              <Button size="small" onClick={() => setWhole(true)}>
                Show all {grants.length}
              </Button>
            </div>
          )}
          {grants && grants.length > 0 && (
            <p className="text-ink-muted text-xs">
              Smaller priorities are used first, among equals what expires earlier. The plan stands at 0 and ends with its window.
            </p>
          )}
        </>
      )}
    </Panel>
  )
}
