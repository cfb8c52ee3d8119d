import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

let list: Set<string> | null = null

/**
 * Whether a password stands on the list of those that were found in breaches: the entries of legal length, in lower case, of the
 * list beside this file, whose origin and licence breached-passwords.md tells. Read at the first question, kept after that; nothing
 * is asked of anybody.
 */
export function isBreached(password: string): boolean {
  list ??= new Set(
    gunzipSync(readFileSync(join(import.meta.dirname, 'breached-passwords.txt.gz')))
      .toString('utf8')
      .split('\n'),
  )
  return list.has(password.normalize('NFKC').toLowerCase())
}
