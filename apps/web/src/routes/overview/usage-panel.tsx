import type { FeatureUsage } from '@tollkeeper/shared'
import { DateTime, EmptyState, Meter, Quantity, Skeleton, UsageBar } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { Panel } from '../../shell/panel.tsx'
import { unitWord } from '../../text/unit-word.ts'
import { text } from './text.ts'
import { useUsage } from './use-usage.ts'

const skeletons = [0, 1]

/** A bar for each feature that is used up and starts again, then a number for each that is held: storage, seats, tasks under way. */
export function UsagePanel() {
  const usage = useUsage()
  const metered = usage.data?.features.filter(({ kind }) => kind === 'metered' || kind === 'credit_system')
  const held = usage.data?.features.filter(({ kind }) => kind === 'gauge') ?? []
  return (
    <Panel title={text.usage.title}>
      {usage.error && <FailureNotice error={usage.error} onRetry={() => void usage.refetch()} />}
      {metered?.length === 0 && held.length === 0 && <EmptyState>{text.usage.empty}</EmptyState>}
      <div aria-busy={usage.isPending} className="grid gap-x-12 gap-y-8 empty:hidden sm:grid-cols-2">
        {metered
          ? metered.map((feature) => <FeatureBar key={feature.feature} feature={feature} />)
          : !usage.error && skeletons.map((place) => <BarSkeleton key={place} />)}
      </div>
      <div className="grid grid-cols-2 gap-x-12 gap-y-6 empty:hidden sm:grid-cols-3 lg:grid-cols-4">
        {held.map((feature) => (
          <HeldAmount key={feature.feature} feature={feature} />
        ))}
      </div>
    </Panel>
  )
}

function HeldAmount({ feature }: { feature: FeatureUsage }) {
  const unit = unitWord(feature.unit)
  return (
    <Meter
      label={feature.name}
      value={<Quantity value={feature.used} />}
      of={
        feature.limit === null ? (
          text.usage.unlimited
        ) : (
          <>
            {text.usage.of} <Quantity value={feature.limit} unit={unit} />
          </>
        )
      }
      note={feature.remaining === 0 && text.usage.full}
    />
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
