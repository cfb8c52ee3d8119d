const units = ['kilobyte', 'megabyte', 'gigabyte'] as const

/** How much that is, in the largest unit it has one of: "3.2 MB". */
export function writeSize(bytes: number): string {
  let amount = bytes / 1000
  let unit = 0
  for (; amount >= 1000 && unit < units.length - 1; unit++) amount /= 1000
  return new Intl.NumberFormat('en', { style: 'unit', unit: units[unit]!, maximumFractionDigits: amount < 10 ? 1 : 0 }).format(
    amount,
  )
}
