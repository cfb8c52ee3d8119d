import type { OperatorTenantDetail } from '@tollkeeper/shared'
import { CopyId, DateTime, KeyValueList, Money, Quantity, Skeleton } from '@tollkeeper/ui'
import type { z } from 'zod'
import { Panel } from '../frame/panel.tsx'

/** What stands still: owner, subscription, keys. */
export function TenantFacts({ detail }: { detail: z.infer<typeof OperatorTenantDetail> | undefined }) {
  return (
    <Panel title="Tenant">
      <div className="[&_dt]:w-28">{detail ? <KeyValueList items={facts(detail)} /> : <Skeleton />}</div>
    </Panel>
  )
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
    ...(subscription.id && subscription.price
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
