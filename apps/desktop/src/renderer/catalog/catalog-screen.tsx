import { useQuery } from '@tanstack/react-query'
import { Quantity } from '@tollkeeper/ui'
import { useServer } from '../api/server-provider.tsx'
import { ListHead } from '../frame/list-head.tsx'
import { Panel } from '../frame/panel.tsx'
import { Screen } from '../frame/screen.tsx'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { StaleNotice } from '../notice/stale-notice.tsx'
import { FeaturesTable } from './features-table.tsx'
import { PlanMatrix } from './plan-matrix.tsx'
import { VersionsTable } from './versions-table.tsx'

/** What can be sold here: the features, what each plan allows of them, and what plans allowed before. */
export function CatalogScreen() {
  const server = useServer()
  const query = useQuery(server.catalog.whole.queryOptions(undefined, { refetchInterval: 30_000 }))
  const catalog = query.data
  return (
    <Screen
      head={
        <ListHead
          title="Catalog"
          count={
            catalog && (
              <>
                <Quantity value={catalog.features.length} /> features, <Quantity value={catalog.plans.length} /> plans
              </>
            )
          }
        />
      }
    >
      {query.error && catalog && <StaleNotice error={query.error} since={query.dataUpdatedAt} />}
      {query.error && !catalog ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <>
          <Panel title="Features">
            <FeaturesTable features={catalog?.features} />
          </Panel>
          <Panel title="Plans as they are sold">
            <PlanMatrix catalog={catalog} />
          </Panel>
          <Panel
            title="Versions of plans"
            aside={
              <span className="text-ink-muted text-xs">A version never changes; a subscription keeps the one it began with</span>
            }
          >
            <VersionsTable plans={catalog?.plans} />
          </Panel>
        </>
      )}
    </Screen>
  )
}
