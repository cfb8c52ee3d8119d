/** A unit beside a number: the catalog names the smallest unit in the singular (`character`), symbols such as `MB` stay. English only. */
export function unitWord(unit: string): string {
  return /^[a-z_ ]*[a-z]$/.test(unit) && !unit.endsWith('s') ? `${unit.replaceAll('_', ' ')}s` : unit
}
