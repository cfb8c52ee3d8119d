import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Badge, Breadcrumb, CopyId, PageHeader } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { useServer } from '../api/server-provider.tsx'
import { Screen } from '../frame/screen.tsx'
import { useBackTo } from '../frame/use-back-to.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { StaleNotice } from '../notice/stale-notice.tsx'
import { liveInterval } from './live-interval.ts'
import { LiveMark } from './live-mark.tsx'
import { PlanBadge } from './plan-badge.tsx'
import { CapsPanel } from './quota/caps-panel.tsx'
import { GrantsPanel } from './quota/grants-panel.tsx'
import { OverridesPanel } from './quota/overrides-panel.tsx'
import { RecentDecisions } from './recent-decisions.tsx'
import { TenantFacts } from './tenant-facts.tsx'
import { TenantMembers } from './tenant-members.tsx'
import { TenantStatusBadge } from './tenant-status-badge.tsx'
import { TenantUsage } from './tenant-usage.tsx'

/** One tenant, live: what it may use, what it uses, and what was decided. */
export function TenantScreen() {
  const { id: connectionId } = useConnection()
  const { tenantId } = useParams({ from: '/c/$connectionId/tenants/$tenantId' })
  const navigate = useNavigate()
  const server = useServer()
  const query = useQuery(server.operator.tenant.queryOptions({ id: tenantId }, { refetchInterval: liveInterval, retry: false }))
  useBackTo(() => void navigate({ to: '/c/$connectionId/tenants', params: { connectionId }, search: {} }))
  const detail = query.data
  return (
    <Screen
      head={
        <PageHeader
          title={detail?.tenant.name ?? 'Tenant'}
          badge={
            detail && (
              <>
                <PlanBadge plan={detail.tenant.plan} />
                <TenantStatusBadge status={detail.tenant.status} />
                {detail.tenant.personal && <Badge>Personal</Badge>}
              </>
            )
          }
          breadcrumb={
            <Breadcrumb>
              <Link to="/c/$connectionId/tenants" params={{ connectionId }} search={{}}>
                Tenants
              </Link>
              <CopyId id={tenantId} />
            </Breadcrumb>
          }
          secondary={detail && <LiveMark failing={query.error !== null} asOf={detail.usage.asOf} />}
        />
      }
    >
      {query.error && detail && <StaleNotice error={query.error} since={query.dataUpdatedAt} />}
      {query.error && !detail ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <>
          <div className="grid items-start gap-x-6 gap-y-stack min-[72rem]:grid-cols-[24rem_minmax(0,1fr)]">
            <div className="flex min-w-0 flex-col gap-stack max-[72rem]:contents">
              <TenantUsage tenantId={tenantId} usage={detail?.usage} />
              <div className="min-w-0 max-[72rem]:order-1">
                <TenantFacts detail={detail} />
              </div>
            </div>
            <div className="flex min-w-0 flex-col gap-stack max-[72rem]:contents">
              <RecentDecisions tenantId={tenantId} />
              <TenantMembers members={detail?.members} />
              <OverridesPanel tenantId={tenantId} usage={detail?.usage} />
              <CapsPanel tenantId={tenantId} detail={detail} />
            </div>
          </div>
          <GrantsPanel tenantId={tenantId} usage={detail?.usage} />
        </>
      )}
    </Screen>
  )
}
