import type { FeatureUsage } from '@tollkeeper/shared'
import { DateTime, EmptyState, Skeleton, UsageBar } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { Panel } from '../../shell/panel.tsx'
import { unitWord } from '../../text/unit-word.ts'
import { text } from './text.ts'
import { useUsage } from './use-usage.ts'

const skeletons = [0, 1, 2, 3]

/** A bar for each feature that is counted. */
export function UsagePanel() {
  const usage = useUsage()
  const counted = usage.data?.features.filter(({ kind }) => kind === 'metered' || kind === 'gauge')
  return (
    <Panel title={text.usage.title}>
      {usage.error && <FailureNotice error={usage.error} onRetry={() => void usage.refetch()} />}
      {counted?.length === 0 && <EmptyState>{text.usage.empty}</EmptyState>}
      <div aria-busy={usage.isPending} className="grid gap-x-12 gap-y-8 sm:grid-cols-2">
        {counted
          ? counted.map((feature) => <FeatureBar key={feature.feature} feature={feature} />)
          : !usage.error && skeletons.map((place) => <BarSkeleton key={place} />)}
      </div>
    </Panel>
  )
}

function FeatureBar({ feature }: { feature: FeatureUsage }) {
  return (
    <UsageBar
      label={feature.name}
      used={feature.used}
      limit={feature.limit}
      unit={unitWord(feature.unit)}
      reset={
        feature.resetsAt !== null && (
          <>
            {text.usage.resets} <DateTime value={feature.resetsAt} />
          </>
        )
      }
    />
  )
}

function BarSkeleton() {
  return (
    <div className="flex flex-col gap-2">
      <Skeleton width="40%" />
      <span className="h-2">
        <Skeleton shape="block" />
      </span>
      <Skeleton width="30%" />
    </div>
  )
}
