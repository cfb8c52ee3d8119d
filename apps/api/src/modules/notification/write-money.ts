import type { Locale, Money } from '@tollkeeper/shared'

/** An amount with its symbol and its code, every minor digit shown: `¥29.00 CNY`. */
export function writeMoney(locale: Locale, { amountMinor, currency }: Money): string {
  const code = currency.toUpperCase()
  const format = new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
  })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return `${format.format(decimal(amountMinor, digits))} ${code}`
}

/** The amount in major units, as text: no float is ever involved. */
function decimal(amountMinor: number, digits: number): `${number}` {
  const sign = amountMinor < 0 ? '-' : ''
  const minor = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  return (digits === 0 ? `${sign}${minor}` : `${sign}${minor.slice(0, -digits)}.${minor.slice(-digits)}`) as `${number}`
}
