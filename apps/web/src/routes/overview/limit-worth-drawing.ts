/** The part of the limit that the largest day must reach; below it the line would press the bars flat. */
const worthIt = 0.25

/** A daily limit, where the days come near enough to it for a line across the bars to say something. */
export function limitWorthDrawing(limit: number | null, days: readonly { amount: number }[]): number | undefined {
  if (limit === null) return undefined
  return days.some(({ amount }) => amount >= limit * worthIt) ? limit : undefined
}
