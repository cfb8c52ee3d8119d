/** A whole number of a feature's smallest unit. Use a bigint where it may pass 2^53. */
export type Amount = number | bigint

const trueMinus = '\u2212'

/** Groups the digits for the locale, with a true minus: `50,000`. */
export function formatQuantity(amount: Amount, locale = 'en'): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(amount).replace('-', trueMinus)
}

/** A shortened quantity for narrow places such as axis labels: `50K`. Never for a number somebody pays by. */
export function formatCompactQuantity(amount: Amount, locale = 'en'): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(amount).replace('-', trueMinus)
}

/** A share of a whole as a whole percentage, rounded down so that 99.9 % never reads as full. */
export function formatShare(part: Amount, whole: Amount, locale = 'en'): string {
  const share = Number(whole) === 0 ? 0 : Math.floor((Number(part) / Number(whole)) * 100) / 100
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
}
