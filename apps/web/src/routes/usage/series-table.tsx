import type { HistorySeries } from '@tollkeeper/shared'
import { type Column, CopyId, DataTable, EmptyState, formatQuantity, formatShare, Sparkline, useLocale } from '@tollkeeper/ui'
import type { Split } from './period.ts'
import { text } from './text.ts'

const nobody: Record<Exclude<Split, 'feature'>, string> = { member: text.noMember, key: text.noKey, property: text.noValue }

/** The shares of a feature's usage: the greatest first, then all others, then what is of none. */
export function SeriesTable({ series, by }: { series: readonly HistorySeries[]; by: Exclude<Split, 'feature'> }) {
  const { locale } = useLocale()
  const all = series.reduce((sum, { total }) => sum + total, 0)
  const nameOf = ({ key, label, isRest }: HistorySeries) => (isRest ? text.rest : (label ?? key ?? nobody[by]))
  const columns: Column<HistorySeries>[] = [
    {
      key: 'of',
      header: text.splits[by],
      cell: (one) => (
        <span className="flex min-w-0 flex-wrap items-center gap-x-3 [overflow-wrap:anywhere]">
          {one.key === null ? <span className="text-ink-muted">{nameOf(one)}</span> : nameOf(one)}
          {by !== 'property' && one.key !== null && <CopyId id={one.key} short />}
        </span>
      ),
      footer: text.total,
    },
    {
      key: 'shape',
      header: text.columns.shape,
      cell: (one) => <Sparkline values={one.amounts} label={text.shapeOf(nameOf(one), formatQuantity(one.total, locale))} />,
      wideOnly: true,
    },
    {
      key: 'share',
      header: text.columns.share,
      cell: ({ total }) => formatShare(total, all, locale),
      numeric: true,
      wideOnly: true,
    },
    {
      key: 'total',
      header: text.columns.total,
      cell: ({ total }) => formatQuantity(total, locale),
      numeric: true,
      footer: formatQuantity(all, locale),
    },
  ]
  return (
    <DataTable
      label={text.series}
      columns={columns}
      rows={series}
      rowKey={({ key, isRest }) => JSON.stringify([key, isRest])}
      empty={<EmptyState>{text.empty}</EmptyState>}
    />
  )
}
