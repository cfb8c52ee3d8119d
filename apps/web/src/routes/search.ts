type Search = Record<string, unknown>

/** The query of an address as plain texts. The router's own reading would turn a numeric code into a number. */
export function parseSearch(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query))
}

/** The reverse; what is absent or empty is left out of the address. */
export function stringifySearch(search: Search): string {
  const entries = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  )
  const query = new URLSearchParams(entries).toString()
  return query && `?${query}`
}

/** Keeps the named parameters of an address and drops the rest. */
export function only<const Name extends string>(...names: Name[]) {
  return (search: Search): { [Key in Name]?: string } => {
    const kept: { [Key in Name]?: string } = {}
    for (const name of names) {
      const value = search[name]
      if (typeof value === 'string') kept[name] = value
    }
    return kept
  }
}
