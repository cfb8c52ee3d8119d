/** The paragraphs of a text: what stands between empty lines. */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/\n(?:[ \t\r]*\n)+/)
    .map((paragraph) => paragraph.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''))
    .filter((paragraph) => paragraph !== '')
}

/** Characters as people and Python count them: code points, not the 16-bit units of `length`. */
export function charactersOf(text: string): number {
  return [...text].length
}
