/**
 * Renders English in Pig Latin, the children's word game: "the whale" becomes "ethay alewhay". It works word by word with
 * spelling alone, so it is a rendering and no translation; but it reads every character, as the real thing would.
 */
export function toPigLatin(text: string): string {
  return text.replace(/[A-Za-z]+(?:['’][A-Za-z]+)*/g, renderWord)
}

function renderWord(word: string): string {
  const lower = word.toLowerCase()
  // consonants move to the end; `qu` moves as one, and `y` is a consonant only where a word begins
  const head = /^y?(?:qu|[^aeiouy])*/.exec(lower)?.[0] ?? ''
  const rendered = head === '' ? `${lower}way` : `${lower.slice(head.length)}${head}ay`
  if (word.length > 1 && word === word.toUpperCase()) return rendered.toUpperCase()
  return word[0] === lower[0] ? rendered : `${rendered[0]?.toUpperCase()}${rendered.slice(1)}`
}
