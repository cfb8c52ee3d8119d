import { useLocale } from '@tollkeeper/ui'

/** An instant of today as a clock shows it, to the second; of another day with its date. */
export function ClockTime({ at }: { at: string }) {
  const { locale, timeZone } = useLocale()
  const instant = new Date(at)
  const clock = instant.toLocaleTimeString(locale, { timeZone, hour12: false })
  const today = instant.toDateString() === new Date().toDateString()
  const day = instant.toLocaleDateString(locale, { timeZone, month: 'short', day: 'numeric' })
  return (
    <time
      dateTime={at}
      title={`${instant.toLocaleString(locale, { timeZone })} · ${instant.toISOString()}`}
      className="whitespace-nowrap tabular-nums"
    >
      {today ? clock : `${day}, ${clock}`}
    </time>
  )
}
