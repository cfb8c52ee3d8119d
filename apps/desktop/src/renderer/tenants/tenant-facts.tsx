import type { OperatorTenantDetail } from '@tollkeeper/shared'
import { CopyId, DateTime, KeyValueList, Money, Quantity, Skeleton } from '@tollkeeper/ui'
import type { z } from 'zod'
import { useMay } from '../api/use-may.ts'
import { Panel } from '../frame/panel.tsx'
import { SetTenantStatusDialog } from './set-tenant-status-dialog.tsx'

/** What stands still: owner, subscription, keys. */
export function TenantFacts({ detail }: { detail: z.infer<typeof OperatorTenantDetail> | undefined }) {
  const may = useMay()
  return (
    <Panel title="Tenant" aside={detail && may('tenant:suspend') && <SetTenantStatusDialog tenant={detail.tenant} />}>
      <div className="[&_dt]:w-28">{detail ? <KeyValueList items={facts(detail)} /> : <Skeleton />}</div>
    </Panel>
  )
}

function facts({ tenant, subscription }: z.infer<typeof OperatorTenantDetail>) {
  const none = <span className="text-ink-muted">None</span>
  return [
    ...(tenant.statusReason === null ? [] : [{ label: 'Suspended because', value: tenant.statusReason }]),
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
