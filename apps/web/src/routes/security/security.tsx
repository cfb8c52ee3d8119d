import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { may } from '../../session/may.ts'
import { useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { DemandPanel } from './demand-panel.tsx'
import { MembersWithout } from './members-without.tsx'
import { text } from './text.ts'

/** What the tenant asks of its members' sign-ins, and who does not meet it yet. */
export function Security() {
  const trpc = useTRPC()
  const { tenant } = useTenant()
  const security = useQuery(trpc.tenant.security.read.queryOptions({ id: tenant.id }))
  return (
    <Page title={text.title} description={text.description(tenant.name)}>
      {security.data ? (
        <DemandPanel isRequired={security.data.secondFactorRequired} />
      ) : security.error ? (
        <FailureNotice error={security.error} onRetry={() => void security.refetch()} />
      ) : (
        <div aria-busy="true" className="flex flex-col gap-3">
          <Skeleton width="40%" />
          <Skeleton width="60%" />
        </div>
      )}
      {may(tenant.role, 'tenant:write') && <MembersWithout isRequired={security.data?.secondFactorRequired ?? false} />}
    </Page>
  )
}
