const wide = /^\p{Script=Han}|^\p{Script=Hangul}|^\p{Script=Hiragana}|^\p{Script=Katakana}/u

/** At most two letters that stand for a name: `Ada Lovelace` is AL, `王小明` is 明, `ada@example.com` is A. */
export function initials(name: string): string {
  const words = (name.split('@')[0] ?? '').split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = words[0]
  if (first === undefined) return '?'
  if (wide.test(first)) return [...first].at(-1) ?? '?'
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last]
    .map((word) => (word === undefined ? '' : ([...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? '')))
    .join('')
    .toUpperCase()
}
