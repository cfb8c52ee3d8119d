/** The search text as a LIKE pattern that finds it anywhere, with LIKE's own signs taken literally; null when there is none. */
export function searchPattern(search: string | undefined): string | null {
  return search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null
}
