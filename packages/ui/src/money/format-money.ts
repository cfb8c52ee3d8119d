const trueMinus = '\u2212'

/** How many digits of a currency are minor units: 2 for `cny`, 0 for `jpy`, 3 for `kwd`. Throws RangeError for a malformed code. */
export function minorDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: currency.toUpperCase(),
  }).resolvedOptions()
  return maximumFractionDigits ?? 2
}

/** The amount in major units as an exact decimal string; no float is ever involved. */
export function toDecimal(amountMinor: number | bigint, currency: string): `${number}` {
  const digits = minorDigits(currency)
  const minor = BigInt(amountMinor)
  const sign = minor < 0n ? '-' : ''
  const padded = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  if (digits === 0) return `${sign}${padded}` as `${number}`
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}` as `${number}`
}

/** Symbol, grouped digits, every minor digit and a true minus: `¥29.00`, `−$4.50`. `amountMinor` is in the currency's smallest unit. */
export function formatMoney(amountMinor: number | bigint, currency: string, locale = 'en'): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency: currency.toUpperCase(), currencyDisplay: 'narrowSymbol' })
    .format(toDecimal(amountMinor, currency))
    .replace('-', trueMinus)
}

/** The same with the code in place of the symbol, where `¥` or `$` could mean several currencies: `29.00 CNY`. */
export function formatMoneyWithCode(amountMinor: number | bigint, currency: string, locale = 'en'): string {
  const digits = minorDigits(currency)
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .format(toDecimal(amountMinor, currency))
    .replace('-', trueMinus)
  return `${number} ${currency.toUpperCase()}`
}
