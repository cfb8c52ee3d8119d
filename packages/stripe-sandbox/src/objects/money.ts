const zeroDecimal = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
const threeDecimal = new Set('bhd jod kwd omr tnd'.split(' '))

/** How many decimals the currency's minor unit stands for: 2 for cny, 0 for jpy, 3 for kwd. */
export function minorDigits(currency: string): number {
  if (zeroDecimal.has(currency)) return 0
  return threeDecimal.has(currency) ? 3 : 2
}

/** `2900, 'cny'` → `¥29.00 CNY`. For people: amounts stay integers in minor units everywhere else. */
export function formatMoney(amount: number, currency: string): string {
  const digits = minorDigits(currency)
  const number = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits)
  return `${number.replace('-', '−')} ${currency.toUpperCase()}`
}

/** `amount × part ÷ whole`, rounded half away from zero, without leaving the integers. */
export function share(amount: number, part: number, whole: number): number {
  const product = BigInt(amount) * BigInt(part)
  const size = product < 0n ? -product : product
  const rounded = (size * 2n + BigInt(whole)) / (BigInt(whole) * 2n)
  return Number(product < 0n ? -rounded : rounded)
}
