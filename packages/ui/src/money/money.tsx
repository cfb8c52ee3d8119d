import { useLocale } from '../locale/locale.tsx'
import { formatMoney, formatMoneyWithCode } from './format-money.ts'

/** Money as the server sends it: a whole number of the currency's smallest unit and an ISO 4217 code in either case. */
export interface MoneyProps {
  amountMinor: number | bigint
  currency: string
}

/** An amount with its symbol and every minor digit; the currency code is on hover. */
export function Money({ amountMinor, currency }: MoneyProps) {
  const { locale } = useLocale()
  return (
    <span className="whitespace-nowrap tabular-nums" title={formatMoneyWithCode(amountMinor, currency, locale)}>
      {formatMoney(amountMinor, currency, locale)}
    </span>
  )
}
