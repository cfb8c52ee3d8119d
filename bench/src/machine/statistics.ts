export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** `0.64 [0.60..0.68]`: the median and the range. */
export function medianAndRange(values: readonly number[], digits = 2): string {
  if (values.length === 0) return '–'
  const text = (value: number) => value.toFixed(digits)
  return `${text(median(values))} [${text(Math.min(...values))}..${text(Math.max(...values))}]`
}
