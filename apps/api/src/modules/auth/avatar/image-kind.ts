/** The kinds of picture that are read at all. */
export type ImageKind = 'png' | 'jpeg' | 'webp' | 'gif'

const signatures: readonly [ImageKind, string][] = [
  ['png', '89504e470d0a1a0a'],
  ['jpeg', 'ffd8ff'],
  ['gif', '474946383761'],
  ['gif', '474946383961'],
]

/**
 * What a file begins like, whatever it is called or claims to be. Null for everything else, so that no reader of SVG, PDF, TIFF or
 * the like is ever given a stranger's bytes.
 */
export function imageKindOf(bytes: Buffer): ImageKind | null {
  const begins = bytes.subarray(0, 8).toString('hex')
  const known = signatures.find(([, signature]) => begins.startsWith(signature))
  if (known) return known[0]
  const isWebp = bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP'
  return isWebp ? 'webp' : null
}
