/** "1,000" or "1 000" as 1000; null for what is no whole number of zero or more. A comma that parts no thousands may be meant as a point. */
export function wholeNumber(text: string): number | null {
  const typed = text.trim()
  if (!/^(\d+|\d{1,3}([ ,_]\d{3})+)$/.test(typed)) return null
  return Number(typed.replaceAll(/[ ,_]/g, ''))
}
