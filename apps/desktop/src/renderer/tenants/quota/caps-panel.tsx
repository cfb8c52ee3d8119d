import { useQuery } from '@tanstack/react-query'
import type { OperatorTenantDetail, UsageCaps } from '@tollkeeper/shared'
import { type Column, CopyId, DataTable, Money, Quantity, UsageBar } from '@tollkeeper/ui'
import type { z } from 'zod'
import { useServer } from '../../api/server-provider.tsx'
import { NothingHere } from '../../frame/nothing-here.tsx'
import { Panel } from '../../frame/panel.tsx'
import { FailureNotice } from '../../notice/failure-notice.tsx'
import { quotaInterval } from './quota-interval.ts'
import { nameOf, useFeatures } from './use-features.ts'

type Cap = UsageCaps['caps'][number]

interface Props {
  tenantId: string
  detail: z.infer<typeof OperatorTenantDetail> | undefined
}

/** What the tenant lets each of its members and keys use, and what it pays at most. It is the tenant's own decision. */
export function CapsPanel({ tenantId, detail }: Props) {
  const server = useServer()
  const features = useFeatures(detail?.usage)
  const query = useQuery(server.quota.grant.caps.queryOptions({ tenantId }, { refetchInterval: quotaInterval }))
  const members = new Map(detail?.members.map(({ userId, name }) => [userId, name]))
  const currency = detail?.subscription.price?.currency
  const columns: Column<Cap>[] = [
    { key: 'feature', header: 'Feature', cell: (cap) => nameOf(features, cap.feature) },
    { key: 'holder', header: 'Whose', width: '100%', cell: ({ holder }) => <Holder holder={holder} name={members.get(holder)} /> },
    {
      key: 'used',
      header: 'Used',
      cell: (cap) =>
        isEach(cap.holder) ? (
          <span className="whitespace-nowrap tabular-nums">
            <Quantity value={cap.limit} /> each
          </span>
        ) : (
          <UsageBar layout="inline" label={nameOf(features, cap.feature)} used={cap.used} limit={cap.limit} />
        ),
    },
  ]
  return (
    <Panel title="Caps" aside={<span className="text-ink-muted text-xs">Set by the tenant itself</span>}>
      {query.error && !query.data ? (
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <>
          {query.data?.spend.map(({ feature, amountMinor }) => (
            <p key={feature}>
              Pays at most {currency ? <Money amountMinor={amountMinor} currency={currency} /> : amountMinor} for{' '}
              {nameOf(features, feature)} past the limit, in each window.
            </p>
          ))}
          <DataTable
            label="Caps of members and keys"
            scroll="self"
            columns={columns}
            rows={query.data?.caps}
            rowKey={({ feature, holder }) => `${feature} ${holder}`}
            skeletonRows={1}
            empty={<NothingHere>Each member and key may use all the tenant has.</NothingHere>}
          />
        </>
      )}
    </Panel>
  )
}

function Holder({ holder, name }: { holder: string; name: string | undefined }) {
  if (holder === 'each_member') return 'Each member'
  if (holder === 'each_key') return 'Each key'
  return name ?? <CopyId id={holder} short />
}

function isEach(holder: string): boolean {
  return holder === 'each_member' || holder === 'each_key'
}
