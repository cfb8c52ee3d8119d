import { getRouteApi } from '@tanstack/react-router'
import { EmptyState } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { Panel } from '../../shell/panel.tsx'
import { useUsage } from '../overview/use-usage.ts'
import { DownloadCsv } from './download-csv.tsx'
import { Events } from './events.tsx'
import { Filters } from './filters.tsx'
import { HistoryChart } from './history-chart.tsx'
import { rangeOf, readShown } from './period.ts'
import { text } from './text.ts'
import { TraceDialog } from './trace-dialog.tsx'

const route = getRouteApi('/signed-in/shell/tenant/usage')

/** What was used over time, by whom and for what, and the events behind it. What is shown stands in the address. */
export function Usage() {
  const { tenant } = useTenant()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const usage = useUsage()
  const metered = usage.data?.features.filter(({ kind }) => kind === 'metered') ?? []
  const asked = readShown(search)
  const feature = metered.find(({ feature: key }) => key === asked.feature) ?? metered[0]
  const shown = { ...asked, feature: feature?.feature }
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const change = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next }, replace: true })
  return (
    <Page
      title={text.title}
      description={text.description(tenant.name)}
      action={
        feature && <DownloadCsv path={`/usage/history.csv?${historyQuery(shown, timeZone)}`}>{text.downloadHistory}</DownloadCsv>
      }
    >
      {usage.error && <FailureNotice error={usage.error} onRetry={() => void usage.refetch()} />}
      {!usage.error && <Filters shown={shown} features={metered} onChange={change} />}
      {feature && (
        <div className="flex min-w-0 flex-col gap-2">
          <HistoryChart shown={{ ...shown, feature: feature.feature }} featureName={feature.name} timeZone={timeZone} />
          <p className="text-ink-muted text-sm">{text.zone(timeZone)}</p>
        </div>
      )}
      {!feature && usage.data && <EmptyState>{text.empty}</EmptyState>}
      <Panel
        title={text.events.title}
        note={text.events.note}
        aside={
          <DownloadCsv path={`/usage/events.csv${shown.feature ? `?feature=${shown.feature}` : ''}`}>
            {text.events.download}
          </DownloadCsv>
        }
      >
        <Events feature={shown.feature} onOpen={(event) => change({ event })} />
      </Panel>
      <TraceDialog id={search.event} onClose={() => change({ event: undefined })} />
    </Page>
  )
}

function historyQuery({ feature, days, step, by, property }: ReturnType<typeof readShown>, timeZone: string): URLSearchParams {
  const splits = by === 'property' && property === undefined ? {} : { by, ...(property ? { property } : {}) }
  return new URLSearchParams({
    ...(feature ? { feature } : {}),
    ...splits,
    granularity: step,
    timeZone,
    ...rangeOf(days, timeZone, Date.now()),
  })
}
