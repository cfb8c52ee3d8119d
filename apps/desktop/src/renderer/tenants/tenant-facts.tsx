import type { OperatorTenantDetail } from '@tollkeeper/shared'
import { CopyId, DateTime, KeyValueList, Money, Quantity, Skeleton } from '@tollkeeper/ui'
import type { z } from 'zod'
import { Panel } from '../frame/panel.tsx'

/** What stands still: owner, subscription, keys. */
export function TenantFacts({ detail }: { detail: z.infer<typeof OperatorTenantDetail> | undefined }) {
  return <Panel title="Tenant">{detail ? <KeyValueList items={facts(detail)} /> : <Skeleton />}</Panel>
}

function facts({ tenant, subscription }: z.infer<typeof OperatorTenantDetail>) {
  const none = <span className="text-ink-muted">None</span>
  return [
    { label: 'Owner', value: tenant.ownerEmail ? <CopyId id={tenant.ownerEmail} /> : none },
    { label: 'Slug', value: <CopyId id={tenant.slug} /> },
    { label: 'Live API keys', value: <Quantity value={tenant.keyCount} /> },
    {
      label: 'Subscription',
      value: subscription.id ? (
        <span>
          {subscription.planName}, {subscription.status.replaceAll('_', ' ')}
        </span>
      ) : (
        none
      ),
    },
    ...(subscription.price
      ? [
          {
            label: 'Price',
            value: (
              <span>
                <Money {...subscription.price} /> a month
              </span>
            ),
          },
        ]
      : []),
    ...(subscription.currentPeriodEnd
      ? [
          {
            label: subscription.cancelAtPeriodEnd ? 'Ends' : 'Renews',
            value: <DateTime value={subscription.currentPeriodEnd} show="absolute" />,
          },
        ]
      : []),
    { label: 'Created', value: <DateTime value={tenant.createdAt} show="absolute" /> },
  ]
}
