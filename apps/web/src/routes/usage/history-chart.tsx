import { useQuery } from '@tanstack/react-query'
import { DayBars, EmptyState, Skeleton, useLocale } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { unitWord } from '../../text/unit-word.ts'
import { bucketName, rangeOf, type Shown } from './period.ts'
import { SeriesTable } from './series-table.tsx'
import { text } from './text.ts'

const everyMs = 30_000

export interface HistoryChartProps {
  shown: Shown & { feature: string }
  featureName: string
  timeZone: string
}

/** The usage of one feature over time, and where it is split, who or what it is of. */
export function HistoryChart({ shown, featureName, timeZone }: HistoryChartProps) {
  const trpc = useTRPC()
  const { locale } = useLocale()
  const { feature, days, step, by, property } = shown
  const isAskable = by !== 'property' || property !== undefined
  const history = useQuery(
    trpc.quota.history.queryOptions(
      { feature, granularity: step, timeZone, by, ...(property ? { property } : {}), ...rangeOf(days, timeZone, Date.now()) },
      { enabled: isAskable, refetchInterval: everyMs },
    ),
  )
  if (!isAskable) return <EmptyState>{text.chooseProperty}</EmptyState>
  if (history.error) return <FailureNotice error={history.error} onRetry={() => void history.refetch()} />
  if (!history.data)
    return (
      <div aria-busy="true" className="h-44">
        <Skeleton shape="block" />
      </div>
    )
  const { buckets, series } = history.data
  if (series.every(({ total }) => total === 0)) return <EmptyState>{text.empty}</EmptyState>
  const bars = buckets.map((start, index) => ({
    date: start,
    name: bucketName(start, step, locale),
    amount: series.reduce((sum, { amounts }) => sum + (amounts[index] ?? 0), 0),
  }))
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <DayBars label={text.chart(featureName)} days={bars} unit={unitWord(series[0]?.unit ?? '')} labels={{ day: text.when }} />
      {by !== 'feature' && <SeriesTable series={series} by={by} />}
    </div>
  )
}
