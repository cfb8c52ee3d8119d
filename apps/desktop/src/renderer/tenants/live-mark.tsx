import { classNames } from '@tollkeeper/ui'
import { ClockTime } from './clock-time.tsx'

/** Whether what is on the screen is what is the case. */
export function LiveMark({ failing, asOf }: { failing: boolean; asOf: string }) {
  return (
    <span className="flex items-center gap-2 whitespace-nowrap text-ink-muted text-sm tabular-nums">
      <span aria-hidden="true" className={classNames('size-2 rounded-full', failing ? 'border-2 border-warning' : 'bg-allowed')} />
      {failing ? 'Not live since' : 'Live'} <ClockTime at={asOf} />
    </span>
  )
}
