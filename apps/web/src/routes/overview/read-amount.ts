/** A typed amount as the server counts it: a whole number, at least one, exact below 2^53. Grouping is allowed; null for all else. */
export function readAmount(typed: string): number | null {
  const digits = typed.trim().replaceAll(/(?<=\d)[,  _](?=\d{3}(?!\d))/g, '')
  if (!/^\d+$/.test(digits)) return null
  const amount = Number(digits)
  return amount >= 1 && Number.isSafeInteger(amount) ? amount : null
}
