import type { ImportedUser, ImportReport } from '@tollkeeper/shared'

/** The server takes no more at once. */
const MOST = 1000

/** Sends a list of any length, part by part, and adds the reports up; each row keeps its place in the whole list. */
export async function inBatches(
  users: readonly ImportedUser[],
  send: (users: ImportedUser[]) => Promise<ImportReport>,
): Promise<ImportReport> {
  const whole: ImportReport = { created: 0, existing: 0, refused: 0, rows: [] }
  for (let from = 0; from < users.length; from += MOST) {
    const report = await send(users.slice(from, from + MOST))
    whole.created += report.created
    whole.existing += report.existing
    whole.refused += report.refused
    whole.rows.push(
      ...report.rows.map((row) => ({
        ...row,
        path: row.path.replace(/^users\.(\d+)/, (_match, index: string) => `users.${Number(index) + from}`),
      })),
    )
  }
  return whole
}
