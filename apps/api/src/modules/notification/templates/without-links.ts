/**
 * A name as a stranger wrote it, which no reader of mail turns into a link: it reads the same, with a word joiner after each
 * character that would make an address of it.
 */
export function withoutLinks(name: string): string {
  return name.replaceAll(/[.:/@]/g, '$&\u2060')
}
