import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { OperatorUserDetail } from '@tollkeeper/shared'
import { Badge, Breadcrumb, CopyId, DateTime, KeyValueList, PageHeader, Quantity, Skeleton } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { useServer } from '../api/server-provider.tsx'
import { useMay } from '../api/use-may.ts'
import { Panel } from '../frame/panel.tsx'
import { Screen } from '../frame/screen.tsx'
import { useBackTo } from '../frame/use-back-to.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { ImpersonateDialog } from './impersonate-dialog.tsx'
import { SetRoleDialog } from './set-role-dialog.tsx'
import { SetStatusDialog } from './set-status-dialog.tsx'
import { SupportActs } from './support-acts.tsx'
import { UserAudit } from './user-audit.tsx'
import { UserLogins } from './user-logins.tsx'
import { UserSessions } from './user-sessions.tsx'
import { UserStatusBadge } from './user-status-badge.tsx'
import { UserTenants } from './user-tenants.tsx'

/** One person: who they are, whether they can sign in, and the tenants they are in. */
export function UserScreen() {
  const { id: connectionId } = useConnection()
  const { userId } = useParams({ from: '/c/$connectionId/users/$userId' })
  const navigate = useNavigate()
  const server = useServer()
  const may = useMay()
  const query = useQuery(server.operator.user.queryOptions({ id: userId }, { refetchInterval: 5_000 }))
  useBackTo(() => void navigate({ to: '/c/$connectionId/users', params: { connectionId }, search: {} }))
  const user = query.data
  return (
    <Screen
      head={
        <PageHeader
          title={user?.name ?? 'User'}
          badge={user && <UserStatusBadge user={user} />}
          secondary={
            user && (
              <>
                {may('operator:assign') && <SetRoleDialog user={user} />}
                {may('user:impersonate') && user.status === 'active' && !user.operatorRole && <ImpersonateDialog user={user} />}
              </>
            )
          }
          breadcrumb={
            <Breadcrumb>
              <Link to="/c/$connectionId/users" params={{ connectionId }} search={{}}>
                Users
              </Link>
              <CopyId id={userId} />
            </Breadcrumb>
          }
        />
      }
    >
      {query.error && !user ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <div className="grid items-start gap-stack min-[72rem]:grid-cols-2">
          <Panel title="Account" aside={user && may('user:suspend') && <SetStatusDialog user={user} />}>
            {user ? <KeyValueList items={facts(user)} /> : <Skeleton shape="text" />}
            {user && may('user:support') && <SupportActs user={user} />}
          </Panel>
          <Panel title="Tenants">{user ? <UserTenants user={user} /> : <Skeleton shape="text" />}</Panel>
          <UserSessions user={user} />
          <Panel title="Sign-ins">
            <UserLogins logins={user?.logins} />
          </Panel>
          <div className="min-w-0 min-[72rem]:col-span-2">
            <Panel title="Audit trail">
              <UserAudit audit={user?.audit} />
            </Panel>
          </div>
        </div>
      )}
    </Screen>
  )
}

function facts(user: OperatorUserDetail) {
  return [
    ...(user.statusReason === null ? [] : [{ label: 'Suspended because', value: user.statusReason }]),
    { label: 'Email', value: <CopyId id={user.email} /> },
    { label: 'Address verified', value: user.emailVerified ? 'Yes' : 'No' },
    { label: 'Second step', value: user.secondFactor ? 'On' : <span className="text-ink-muted">Off</span> },
    {
      label: 'Operator',
      value: user.operatorRole ? <Badge tone="accent">{user.operatorRole}</Badge> : <span className="text-ink-muted">No</span>,
    },
    { label: 'Registered', value: <DateTime value={user.createdAt} show="absolute" /> },
    {
      label: 'Last seen',
      value: user.lastSeenAt ? <DateTime value={user.lastSeenAt} /> : <span className="text-ink-muted">Never</span>,
    },
    {
      label: 'Member of',
      value: (
        <span>
          <Quantity value={user.tenantCount} /> {user.tenantCount === 1 ? 'tenant' : 'tenants'}
        </span>
      ),
    },
  ]
}
