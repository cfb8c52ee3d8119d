import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Notice } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { may } from '../../session/may.ts'
import { useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { goTo } from '../plans/go-to.ts'
import { Invoices } from './invoices.tsx'
import { SubscriptionPanel } from './subscription-panel.tsx'
import { text } from './text.ts'

/** The subscription, and what was paid for it. */
export function Billing() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { tenant } = useTenant()
  const current = useQuery(trpc.billing.current.queryOptions())
  const portal = useMutation({
    mutationFn: async () => {
      const { url } = await client.billing.portal.mutate()
      goTo(url)
    },
  })
  const mayChange = may(tenant.role, 'billing:write')
  const subscribed = current.data !== undefined && current.data.status !== 'none'
  const overdue = current.data?.status === 'past_due' || current.data?.status === 'unpaid'
  const manage = (
    <Button variant="primary" busy={portal.isPending} onClick={() => portal.mutate()}>
      {text.manage}
    </Button>
  )
  const choose = (
    <Button variant="primary" asChild>
      <Link to="/plans" search={{}}>
        {text.choose}
      </Link>
    </Button>
  )
  return (
    <Page
      title={text.title}
      description={`${text.description(tenant.name)}${mayChange ? '' : ` ${text.onlyOwner}`}`}
      action={current.data && (subscribed ? mayChange && manage : choose)}
    >
      {portal.error && <FailureNotice error={portal.error} />}
      {overdue && (
        <Notice tone="warning" title={text.overdue}>
          {text.overdueBody}
        </Notice>
      )}
      <SubscriptionPanel current={current.data} error={current.error} onRetry={() => void current.refetch()} />
      <Invoices />
    </Page>
  )
}
