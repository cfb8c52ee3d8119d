import { Tooltip } from '../action/tooltip.tsx'
import { useLocale } from '../locale/locale.tsx'
import { formatAbsolute, formatRelative, formatUtc, type Instant, toDate } from './format-date.ts'
import { useNow } from './use-now.ts'

export interface DateTimeProps {
  value: Instant
  /** `relative` reads "3 hours ago"; `absolute` the local date and time. Either way both zones appear on hover. */
  show?: 'relative' | 'absolute'
  /** The instant that counts as now, for a tenant under a test clock; absent: the machine's clock. */
  now?: Instant
}

/** An instant, with the exact local and UTC times on hover. */
export function DateTime({ value, show = 'relative', now }: DateTimeProps) {
  const { locale, timeZone } = useLocale()
  const clock = useNow()
  const local = formatAbsolute(value, locale, timeZone)
  const utc = formatUtc(value, locale)
  return (
    <Tooltip
      content={
        <span className="flex flex-col tabular-nums">
          <span>{local}</span>
          {local !== utc && <span>{utc}</span>}
        </span>
      }
    >
      <time dateTime={toDate(value).toISOString()} className="whitespace-nowrap tabular-nums">
        {show === 'relative' ? formatRelative(value, now ?? clock, locale) : local}
      </time>
    </Tooltip>
  )
}
