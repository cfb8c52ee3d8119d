/**
 * A readable name for addresses: the letters and digits of the name, and six characters of the id, so that it is unique
 * without telling whether another tenant has the same name.
 */
export function slugFor(name: string, id: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return [words || 'tenant', id.slice(-6)].join('-')
}
