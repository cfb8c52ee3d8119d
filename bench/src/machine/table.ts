/** Rows in columns of equal width; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()
  const [head, ...body] = rows
  return [line(head!), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].map((text) => `  ${text}`).join('\n')
}
