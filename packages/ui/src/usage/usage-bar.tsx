import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import { useLocale } from '../locale/locale.tsx'
import { type Amount, formatQuantity, formatShare } from './format-quantity.ts'
import { type UsageLabels, usageLabels, usagePhrase } from './usage-labels.ts'
import { type UsageState, usageScale, usageState } from './usage-scale.ts'
import { UsageTrack } from './usage-track.tsx'

export interface UsageBarProps {
  /** The feature's name: "Characters". */
  label: string
  used: Amount
  /** Null is unlimited. */
  limit: Amount | null
  /** What usage will be when the window ends, if it goes on like this. */
  forecast?: Amount
  unit?: string
  /** When the limit starts again: a DateTime, or words. */
  reset?: ReactNode
  /** `inline` is one line for a table cell, where the column and the row already say what it is. */
  layout?: 'full' | 'inline'
  labels?: Partial<UsageLabels>
}

const phraseColour: Record<UsageState, string> = {
  unlimited: 'text-ink-muted',
  'not-included': 'text-ink-muted',
  within: 'text-ink-muted',
  near: 'text-warning',
  at: 'text-denied',
  over: 'text-denied',
}

function difference(a: Amount, b: Amount): Amount {
  return typeof a === 'number' && typeof b === 'number' ? a - b : BigInt(a) - BigInt(b)
}

/** How much of a limit is used. Everything the drawing shows is also written out. */
export function UsageBar({ label, used, limit, forecast, unit = '', reset, layout = 'full', labels }: UsageBarProps) {
  const { locale } = useLocale()
  const words = { ...usageLabels, ...labels }
  const state = usageState(used, limit)
  const write = (amount: Amount) => formatQuantity(amount, locale)
  const phrase = usagePhrase(
    state,
    {
      remaining: write(difference(limit ?? 0, used)),
      excess: write(difference(used, limit ?? 0)),
      share: formatShare(used, limit ?? 0, locale),
    },
    words,
  )
  const track = <UsageTrack scale={usageScale(used, limit, forecast)} state={state} />
  if (layout === 'inline') {
    return (
      <div className="flex items-center gap-3">
        <div className="w-24 shrink-0">{track}</div>
        <span className="whitespace-nowrap text-sm tabular-nums">
          {write(used)} <span className="text-ink-muted">{limit === null ? words.unlimited : words.of(write(limit), '')}</span>
          {(state === 'at' || state === 'over') && <span className="sr-only">, {phrase}</span>}
        </span>
      </div>
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{label}</span>
        {state !== 'not-included' && (
          <span className="tabular-nums">
            {write(used)} <span className="text-ink-muted">{limit === null ? unit : words.of(write(limit), unit)}</span>
          </span>
        )}
      </div>
      {track}
      <div className="flex flex-wrap justify-between gap-x-4 text-ink-muted text-sm tabular-nums">
        <span>
          <span className={classNames(phraseColour[state], (state === 'at' || state === 'over') && 'font-medium')}>{phrase}</span>
          {forecast !== undefined && <span> · {words.forecast(write(forecast))}</span>}
        </span>
        {reset && <span>{reset}</span>}
      </div>
    </div>
  )
}
