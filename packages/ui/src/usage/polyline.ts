/** The points of a series drawn from zero upwards in a box, for an SVG polyline. A single value is a level line. */
export function polyline(values: readonly number[], width: number, height: number): string {
  const top = Math.max(...values, 0)
  const drawn = values.length === 1 ? [...values, ...values] : values
  return drawn
    .map((value, index) => {
      const x = (index / Math.max(1, drawn.length - 1)) * width
      const y = top === 0 ? height : height - (Math.max(0, value) / top) * height
      return `${Number(x.toFixed(2))},${Number(y.toFixed(2))}`
    })
    .join(' ')
}
