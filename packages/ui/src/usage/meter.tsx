import type { ReactNode } from 'react'

export interface MeterProps {
  label: string
  /** The number, already formatted: a Quantity, a Money, or text. */
  value: ReactNode
  /** What it is measured against, such as "of 50,000". */
  of?: ReactNode
  /** One line below, such as when it resets. */
  note?: ReactNode
}

/** One number worth reading from across the room, with its name above and its context below. */
export function Meter({ label, value, of, note }: MeterProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-ink-muted text-sm">{label}</span>
      <span className="flex flex-wrap items-baseline gap-x-2 tabular-nums">
        <span className="font-medium text-2xl">{value}</span>
        {of && <span className="text-ink-muted">{of}</span>}
      </span>
      {note && <span className="text-ink-muted text-sm">{note}</span>}
    </div>
  )
}
