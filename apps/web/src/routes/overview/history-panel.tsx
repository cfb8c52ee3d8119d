import { useQuery } from '@tanstack/react-query'
import { DayBars, EmptyState, SelectField, Skeleton } from '@tollkeeper/ui'
import { useState } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Panel } from '../../shell/panel.tsx'
import { unitWord } from '../../text/unit-word.ts'
import { limitWorthDrawing } from './limit-worth-drawing.ts'
import { text } from './text.ts'
import { useUsage } from './use-usage.ts'

const everyMs = 30_000

/** The last 30 days of one feature: the first that is metered, until another is chosen. */
export function HistoryPanel() {
  const trpc = useTRPC()
  const usage = useUsage()
  const metered = usage.data?.features.filter(({ kind }) => kind === 'metered') ?? []
  const [chosen, setChosen] = useState<string>()
  const feature = metered.find(({ feature: key }) => key === chosen) ?? metered[0]
  const daily = useQuery(
    trpc.quota.daily.queryOptions(
      { feature: feature?.feature ?? '' },
      { enabled: feature !== undefined, refetchInterval: everyMs },
    ),
  )
  if (!feature && !usage.isPending) return null
  const dailyLimit = feature?.cadence === 'day' ? limitWorthDrawing(feature.limit, daily.data?.days ?? []) : undefined
  return (
    <Panel
      title={text.history.title}
      aside={
        metered.length > 1 && (
          <div className="w-44">
            <SelectField
              label={text.history.feature}
              hideLabel
              value={feature?.feature}
              onValueChange={setChosen}
              options={metered.map(({ feature: value, name: label }) => ({ value, label }))}
            />
          </div>
        )
      }
    >
      {daily.error && <FailureNotice error={daily.error} onRetry={() => void daily.refetch()} />}
      {!daily.data && !daily.error && (
        <div aria-busy="true" className="h-44">
          <Skeleton shape="block" />
        </div>
      )}
      {daily.data?.days.every(({ amount }) => amount === 0) && <EmptyState>{text.history.empty}</EmptyState>}
      {feature && daily.data?.days.some(({ amount }) => amount > 0) && (
        <DayBars label={text.history.by(feature.name)} days={daily.data.days} unit={unitWord(daily.data.unit)} limit={dailyLimit} />
      )}
    </Panel>
  )
}
