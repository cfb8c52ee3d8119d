export interface TextPiece {
  kind: 'text' | 'link'
  text: string
  /** Where the piece begins. */
  at: number
}

/** A text in pieces, web addresses apart. What ends a sentence does not belong to the address. */
export function splitLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let at = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}]/g)) {
    if (match.index > at) pieces.push({ kind: 'text', text: text.slice(at, match.index), at })
    pieces.push({ kind: 'link', text: match[0], at: match.index })
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at), at })
  return pieces
}
