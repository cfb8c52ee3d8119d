import { useLocale } from '../locale/locale.tsx'
import { type Amount, formatQuantity } from './format-quantity.ts'

export interface QuantityProps {
  /** Null is unlimited. */
  value: Amount | null
  /** Written after the number: `characters`. */
  unit?: string
  unlimitedLabel?: string
}

/** A whole number with grouped digits and, in quieter ink, its unit. */
export function Quantity({ value, unit, unlimitedLabel = 'Unlimited' }: QuantityProps) {
  const { locale } = useLocale()
  if (value === null) return <span>{unlimitedLabel}</span>
  return (
    <span className="tabular-nums">
      {formatQuantity(value, locale)}
      {unit && <span className="text-ink-muted"> {unit}</span>}
    </span>
  )
}
