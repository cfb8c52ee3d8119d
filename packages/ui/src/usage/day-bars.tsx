import { useState } from 'react'
import { useLocale } from '../locale/locale.tsx'
import { formatDay } from '../time/format-date.ts'
import { formatQuantity } from './format-quantity.ts'

export interface DayAmount {
  /** A calendar day, `2026-11-20`. */
  date: string
  /** Said instead of the date, where a bar is no day. */
  name?: string
  amount: number
}

export interface DayBarsLabels {
  /** Opens the table. */
  table: string
  day: string
  amount: string
  total: (amount: string, unit: string) => string
  /** Names the line across the bars. */
  limit: (limit: string) => string
}

export const dayBarsLabels: DayBarsLabels = {
  table: 'Show as table',
  day: 'Day',
  amount: 'Amount',
  total: (amount, unit) => `${amount}${unit && ` ${unit}`} in all`,
  limit: (limit) => `Line: ${limit} a day`,
}

export interface DayBarsProps {
  /** "Characters by day". */
  label: string
  days: readonly DayAmount[]
  unit?: string
  /** A daily limit, drawn as a line across. */
  limit?: number
  labels?: Partial<DayBarsLabels>
}

/** An amount for each day. Pointing at a day reads it out; the table below has every number. */
export function DayBars({ label, days, unit = '', limit, labels }: DayBarsProps) {
  const { locale } = useLocale()
  const words = { ...dayBarsLabels, ...labels }
  const [pointed, setPointed] = useState<number>()
  const total = days.reduce((sum, day) => sum + day.amount, 0)
  const top = Math.max(...days.map((day) => day.amount), limit ?? 0, 1)
  const nameOf = (day: DayAmount) => day.name ?? formatDay(`${day.date}T00:00:00Z`, locale, 'UTC')
  const current = pointed === undefined ? undefined : days[pointed]
  const height = (amount: number) => (amount / top) * 100
  const first = days[0]
  const last = days.at(-1)
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{label}</span>
        <span className="text-ink-muted tabular-nums">
          {current
            ? `${nameOf(current)} · ${formatQuantity(current.amount, locale)} ${unit}`
            : words.total(formatQuantity(total, locale), unit)}
        </span>
      </figcaption>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${days.length * 10} 100`}
        preserveAspectRatio="none"
        className="h-32 w-full border-line border-b"
        onPointerLeave={() => setPointed(undefined)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setPointed(Math.min(days.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * days.length))))
        }}
      >
        {days.map((day, index) => (
          <rect
            key={day.date}
            x={index * 10 + 1.25}
            width={7.5}
            y={100 - height(day.amount)}
            height={height(day.amount)}
            className={limit !== undefined && day.amount >= limit ? 'fill-chart-2' : 'fill-chart-1'}
            opacity={pointed === undefined || pointed === index ? 1 : 0.45}
          />
        ))}
        {limit !== undefined && (
          <line
            x1="0"
            x2={days.length * 10}
            y1={100 - height(limit)}
            y2={100 - height(limit)}
            className="stroke-ink"
            strokeWidth="1.5"
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <div className="flex flex-wrap justify-between gap-x-4 text-ink-muted text-xs tabular-nums">
        <span>{first && nameOf(first)}</span>
        {limit !== undefined && <span>{words.limit(formatQuantity(limit, locale))}</span>}
        <span>{last && nameOf(last)}</span>
      </div>
      <details className="text-sm">
        <summary className="w-fit rounded-sm text-ink-muted hover:text-ink">{words.table}</summary>
        <table className="mt-2 tabular-nums">
          <thead>
            <tr>
              <th scope="col" className="pr-8 text-left">
                {words.day}
              </th>
              <th scope="col" className="text-right">
                {unit || words.amount}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.date}>
                <td className="pr-8">{nameOf(day)}</td>
                <td className="text-right">{formatQuantity(day.amount, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
