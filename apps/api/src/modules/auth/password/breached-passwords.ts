import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

let list: Set<string> | null = null

/**
 * Whether a password stands on the list of those that were found in breaches most often: the entries of legal length among the
 * first million of SecLists' "10-million-password-list" (MIT, https://github.com/danielmiessler/SecLists), in lower case.
 * Read at the first question, kept after that; nothing is asked of anybody.
 */
export function isBreached(password: string): boolean {
  list ??= new Set(
    gunzipSync(readFileSync(join(import.meta.dirname, 'breached-passwords.txt.gz')))
      .toString('utf8')
      .split('\n'),
  )
  return list.has(password.normalize('NFKC').toLowerCase())
}
